"""When: at which moments does Prefect make things happen? The only folder that imports prefect."""
