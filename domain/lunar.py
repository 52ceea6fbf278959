"""Names of lunar years, as notices write them: "Tết Nguyên đán Bính Ngọ năm 2026"."""

from __future__ import annotations

_STEMS = ("Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý")
_BRANCHES = ("Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi")


def year_name(year: int) -> str:
    """The stem and branch of the lunar year that begins in the solar `year`: `Bính Ngọ` for 2026.

    The cycle of sixty began with Giáp Tý in 4 (and 1984).
    """
    return f"{_STEMS[(year - 4) % 10]} {_BRANCHES[(year - 4) % 12]}"
