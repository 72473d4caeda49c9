"""What numbers do with calls. A number without a row is left alone."""

from dataclasses import dataclass, field

import msgspec

from answerback.domain.calls.behaviour import Behaviour, VoiceRules
from answerback.storage.connection import Connection, Database
from answerback.storage.sealing import Sealer


@dataclass(frozen=True, slots=True)
class NumberVoice:
    """`before`: the provider's settings from before calls came here, by the provider's names; `shown` in words."""

    rules: VoiceRules
    before: dict[str, str] = field(default_factory=dict, repr=False)
    shown: str = ""


async def read_rules(database: Database, number_id: int) -> VoiceRules:
    row = await database.fetchrow(
        "select behaviour, words, language, forward_to, text_back from number_voice where number_id = $1", number_id
    )
    return rules_of(dict(row)) if row else VoiceRules()


def rules_of(values: dict[str, str] | None) -> VoiceRules:
    """From a row of the columns, or none."""
    if not values:
        return VoiceRules()
    rest = {name: value for name, value in values.items() if name != "behaviour"}
    return VoiceRules(Behaviour(values["behaviour"]), **rest)


async def read_voice(database: Database, sealer: Sealer, number_id: int) -> NumberVoice:
    """Raises SealingError where the former settings cannot be opened."""
    rules = await read_rules(database, number_id)
    row = await database.fetchrow("select before, before_shown from number_voice where number_id = $1", number_id)
    if row is None or row["before"] is None:
        return NumberVoice(rules)
    before = msgspec.json.decode(sealer.open(row["before"], _context(number_id)), type=dict[str, str])
    return NumberVoice(rules, before, row["before_shown"])


async def write_voice(connection: Connection, sealer: Sealer, number_id: int, voice: NumberVoice) -> None:
    before = sealer.seal(msgspec.json.encode(voice.before), _context(number_id)) if voice.before else None
    await connection.execute(
        """
        insert into number_voice (number_id, behaviour, words, language, forward_to, text_back, before, before_shown)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (number_id) do update set behaviour = excluded.behaviour, words = excluded.words,
            language = excluded.language, forward_to = excluded.forward_to, text_back = excluded.text_back,
            before = excluded.before, before_shown = excluded.before_shown, set_at = now()
        """,
        number_id,
        voice.rules.behaviour.value,
        voice.rules.words,
        voice.rules.language,
        voice.rules.forward_to,
        voice.rules.text_back,
        before,
        voice.shown,
    )


async def forget_voice(connection: Connection, number_id: int) -> None:
    await connection.execute("delete from number_voice where number_id = $1", number_id)


def _context(number_id: int) -> str:
    return f"number_voice:{number_id}"
