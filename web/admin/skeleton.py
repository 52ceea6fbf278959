"""What a new file of directives begins with: every part it needs, and what is to be filled in."""

from __future__ import annotations

SKELETON = """\
# Văn bản: ghi đúng như nguyên văn; số, ngày văn bản không ghi thì để null.
notice:
  code: 2026-tb-15
  kind: Thông báo
  number: 15/TB-UBND
  issued: 2026-01-15
  issuer: UBND tỉnh Lạng Sơn
  title: Kết luận của ...
  short: Thông báo số 15/TB-UBND
  # Nguyên văn đã có trong thư mục notices và mã SHA-256 của nó (xem cuối trang).
  file: notices/2026-tb-15.txt
  sha256: ""
  restriction: none

# Điều mọi nhiệm vụ trong tệp dùng chung.
defaults:
  starts: 2026-01-15
  monitor: van-phong-ubnd-tinh

# Mỗi câu giao việc một nhiệm vụ, trích nguyên văn vào quote.
directives:
  - code: 2026-tb-15-viec-1
    title: Tên ngắn của nhiệm vụ
    section: II.1
    quote: "Câu giao việc, nguyên văn"
    lead: [ubnd-huyen-bac-son]
    metrics:
      - {id: bao-cao, kind: event, name: Gửi báo cáo}
    milestones:
      - id: bao-cao
        name: Gửi báo cáo
        metric: bao-cao
        target: xong
        due: {phrase: "trước ngày 30/6/2026", date: 2026-06-30, bound: exclusive}

facts: []
"""
