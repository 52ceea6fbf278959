"""How the Official Account stands, for admins: its settings, its pair of tokens, who is linked with it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from actions.zalo_access import RENEW_AFTER
from config.zalo import ZaloSettings
from domain import vietnamese as vn
from domain.clocktime import iso
from store import Session
from store.zalo_contacts import ZaloContact, linked
from store.zalo_tokens import Tokens, TokenState, read

WEEK = timedelta(days=7)
_STATES = {
    TokenState.READY: "dùng được",
    TokenState.RENEWING: "đang làm mới",
    TokenState.DEAD: "không còn hiệu lực: phải cấp quyền lại rồi nhập cặp mã mới",
}


def account_state(session: Session, ours: ZaloSettings) -> dict[str, Any]:
    """For a machine; nothing secret is in it."""
    tokens = read(session, ours.oa_id)
    facts = {"oa_id": ours.oa_id, "lacking": list(ours.lacking()), "linked": len(linked(session, ours.oa_id))}
    return facts | (_pair(tokens) if tokens else {"state": None})


def _pair(tokens: Tokens) -> dict[str, Any]:
    return {
        "state": tokens.state.value,
        "generation": tokens.generation,
        "obtained_at": iso(tokens.obtained_at),
        "renewed_from": iso(tokens.obtained_at + RENEW_AFTER * (tokens.expires_at - tokens.obtained_at)),
        "expires_at": iso(tokens.expires_at),
        "alarmed_at": iso(tokens.alarmed_at) if tokens.alarmed_at else None,
        "note": tokens.note,
    }


def state_rows(facts: dict[str, Any]) -> list[list[str]]:
    """The same for a person."""
    lacking = f"còn thiếu {', '.join(facts['lacking'])}" if facts["lacking"] else "đủ"
    rows = [["Official Account", facts["oa_id"]], ["Thiết đặt", lacking]]
    if facts["state"] is None:
        rows.append(["Cặp mã", "chưa nhập; nhập bằng lệnh dondoc zalo enter"])
    else:
        rows.append(["Cặp mã", f"thứ {facts['generation']}, {_STATES[TokenState(facts['state'])]}"])
        rows += [[word, _moment(facts[name])] for name, word in _MOMENTS.items() if facts[name]]
        rows += [["Ghi chú", facts["note"]]] if facts["note"] else []
    return [*rows, ["Cán bộ đã nối", str(facts["linked"])]]


_MOMENTS = {
    "obtained_at": "Nhận lúc",
    "renewed_from": "Tự làm mới từ",
    "expires_at": "Hết hạn lúc",
    "alarmed_at": "Đã báo động lúc",
}


def _moment(text: str) -> str:
    return vn.moment(datetime.fromisoformat(text))


def reach(contact: ZaloContact, now: datetime) -> str:
    """Until when consultation messages reach a person."""
    if not contact.follows:
        return "đã bỏ quan tâm"
    if contact.heard_at is None or contact.heard_at + WEEK <= now:
        return "quá 7 ngày chưa nhắn tin"
    return f"đến {vn.moment(contact.heard_at + WEEK)}"
