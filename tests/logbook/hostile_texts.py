"""Texts that people or programs might type: markup, formulas, paths, scripts, invisible signs, long words."""

from __future__ import annotations

import random

PIECES = (
    *(
        "<b>",
        "</b>",
        "<img src=file:///etc/passwd>",
        "<script>alert(1)</script>",
        "&lt;",
        "&#0;",
        "<![CDATA[",
        "<br/>",
    ),
    *(
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+49 30",
        "-5",
        "@SUM(A1:A9)",
        "'=x",
        "''",
        "'",
        '"',
        '","',
        ";",
        "\t",
        "\n",
        "\r\n",
    ),
    *(
        "../../etc/passwd",
        "C:\\Windows",
        "\\\\host\\share",
        "%00",
        "%s%n",
        "{0}",
        "{name}",
        "${x}",
        "$(id)",
        "`id`",
    ),
    *(
        "'; DROP TABLE patient; --",
        "' OR 1=1",
        '" AND NEAR',
        "MATCH *",
        "col:",
        "(",
        "))",
        "^",
        "AND OR NOT",
        "*",
    ),
    *(
        "Łódź",
        "Ångström",
        "Zoë",
        "ﬁ",
        "ß",
        "Ǆ",
        "İ",
        "e\u0301",
        "\u0301",
        "Müller-Lüdenscheidt",
        "O’Brien",
        "d'Arc",
    ),
    *(
        "ليلى",
        "שלום",
        "\u202eabc\u202c",
        "\u200fא",
        "\u200b",
        "\u200d",
        "\ufeff",
        "नमस्ते",
        "สวัสดี",
        "王小明",
        "日本語",
        "한국어",
    ),
    *(
        "👩🏽\u200d⚕️",
        "🇳🇴",
        "𝔘𝔫𝔦",
        "\U0010ffff",
        "\ufffd",
        "\u0378",
        "½ µ² °C ±",
        "€",
        "…",
        "–",
        "\u00a0",
        "\u3000",
    ),
    *(
        "\0",
        "\x07",
        "\x1b[31m",
        "\x7f",
        "\x85",
        "\u2028",
        "\ud800",
        "\udfff",
        "NULL",
        "None",
        "nan",
        "undefined",
        "0",
    ),
    *(
        "true",
        "1e309",
        "-0",
        "CON",
        "aux.txt",
        "http://example.org/",
        "javascript:void(0)",
        "file:///x",
        "#",
        "\\n",
    ),
)
LATIN = tuple(piece for piece in PIECES if piece.isprintable() and piece.isascii())


def hostile_texts(count: int, seed: int = 12) -> list[str]:
    """So many texts: each piece alone first, then by chance, some of them very long words."""
    chance = random.Random(seed)  # noqa: S311
    texts = list(PIECES[:count])
    while len(texts) < count:
        text = "".join(chance.choice(PIECES) for _piece in range(chance.randrange(1, 6)))
        if chance.random() < 0.01:
            text = (text or "x") * chance.randrange(100, 2000)
        texts.append(text)
    return texts
