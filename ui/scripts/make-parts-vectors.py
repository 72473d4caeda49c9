"""Writes src/text/parts.vectors.json from the server's own counter, so that the two can never disagree.

Run from the repository's root: PYTHONPATH=src python ui/scripts/make-parts-vectors.py
"""

import json
import random
from pathlib import Path

from answerback.domain.text.parts import count_parts, make_plain

ALPHABETS = ("abc xyz 0123", "abc{}[]€~", "abc’“–é", "aб漢", "a😀é", "a👍🏽{}")


def main() -> None:
    chance = random.Random(38)
    texts = [
        "",
        "a" * 160,
        "a" * 161,
        "€" * 80,
        "€" * 81,
        "a" * 152 + "€" * 5,
        "😀" * 35,
        "😀" * 36,
        "It’s “fine” – ok…",
    ]
    for alphabet in ALPHABETS:
        texts += ["".join(chance.choices(alphabet, k=chance.randrange(1, 330))) for _ in range(12)]
    vectors = []
    for text in texts:
        got = count_parts(text)
        vectors.append(
            {
                "text": text,
                "encoding": got.encoding.value,
                "parts": got.parts,
                "units": got.units,
                "left": got.left,
                "costly": [costly.char for costly in got.costly],
                "plain": make_plain(text),
                "plain_letters": make_plain(text, letters=True),
            }
        )
    target = Path(__file__).parent.parent / "src" / "text" / "parts.vectors.json"
    target.write_text(json.dumps(vectors, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
