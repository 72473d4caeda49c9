"""What the crowd's customers say: short support dialogues in English and Spanish, one line per turn.

A line is said when the centre has answered the one before. "[picture]" sends a photo with the line.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One errand: the lines in order, `impatient` is said once if nobody answers."""

    language: str
    lines: tuple[str, ...]
    impatient: str


_EN = "Hello? Anybody there?"
_ES = "¿Hola? ¿Hay alguien?"

DIALOGUES: tuple[Dialogue, ...] = (
    Dialogue(
        "en",
        (
            "Hi, my order {order} never came",
            "It says delivered but there is nothing here 😕",
            "{street}",
            "ok thank you!",
        ),
        _EN,
    ),
    Dialogue("en", ("Can I still change the delivery address for {order}?", "{street} please", "perfect 👍"), _EN),
    Dialogue(
        "en",
        (
            "The lamp arrived broken",
            "[picture] here is a photo",
            "A new one please, not a refund",
            "Great, thanks for the quick help",
        ),
        "Still waiting…",
    ),
    Dialogue("en", ("What time do you close today?", "Thanks!"), "guess you are closed"),
    Dialogue(
        "en",
        (
            "I was charged twice for {order}. Both on the same day, both {amount}. "
            "My bank says they are two separate charges and that I have to ask you to cancel one of them.",
            "{name}, the card ends in 4417",
            "When will I see it on my account?",
            "ok",
        ),
        "Please, this is my rent money",
    ),
    Dialogue("en", ("is the blue one back in stock yet?", "size M", "ok let me know, thx"), _EN),
    Dialogue("en", ("I need to reschedule my appointment tomorrow", "Thursday after 3 works", "See you then 🙂"), _EN),
    Dialogue("en", ("Wrong number I think? Who is this", "STOP"), "STOP"),
    Dialogue("en", ("HELP", "I want to talk to a person", "about order {order}", "thank you"), "agent"),
    Dialogue(
        "en",
        (
            "[picture] is this the right part for the washer?",
            "Model is WX-2100",
            "Can you ship it to {street}?",
            "Awesome!! 🎉",
        ),
        _EN,
    ),
    Dialogue("es", ("Hola, mi pedido {order} no ha llegado", "{street}", "Muchas gracias 🙏"), _ES),
    Dialogue(
        "es",
        ("Buenas, ¿a qué hora abren mañana?", "¿Y el sábado?", "Ok, gracias"),
        "¿Me pueden contestar por favor?",
    ),
    Dialogue(
        "es",
        ("Me llegó roto 😞", "[picture] así llegó la caja", "Prefiero otro igual", "Excelente, gracias por la ayuda"),
        _ES,
    ),
    Dialogue("es", ("Quiero cancelar mi cita del viernes", "{name}", "Para la próxima semana, si se puede"), _ES),
    Dialogue(
        "es",
        (
            "Me cobraron dos veces el pedido {order}, {amount} cada vez. Ya llamé al banco y me dicen que "
            "tengo que pedirles a ustedes que anulen uno de los dos cargos.",
            "Termina en 8820",
            "¿Cuánto tarda?",
            "Está bien 👍",
        ),
        "Sigo esperando respuesta",
    ),
    Dialogue("es", ("¿Tienen entrega en Ponce?", "{street}", "¡Qué bien!"), _ES),
    Dialogue("es", ("No quiero más mensajes", "STOP"), "STOP"),
)

NAMES = {
    "en": (
        "Jordan Webb", "Amina Yusuf", "Theo Marsh", "Emily Stone", "Marcus Hill", "Priya Nair", "Grace Okafor",
        "Ben Carter", "Hannah Cole", "Victor Chen", "Olivia Reed", "Sam Turner", "Nora Quinn", "Dylan Ross",
        "Chloe Park", "Owen Diaz",
    ),
    "es": (
        "Marisol Nieves", "José Rivera", "Carmen Ortiz", "Luis Vega", "Ana Torres", "Pedro Cruz", "Lucía Santos",
        "Rocío Pérez", "Miguel Ramos", "Elena Colón", "Iván Pagán", "Sofía Marrero",
    ),
}  # fmt: skip
STREETS = {
    "en": ("12 Oak Street, rear door", "450 Lake Ave, apt 7B", "88 Pine Rd", "2301 Sunset Blvd #14"),
    "es": ("Calle Luna 23, apto. 4", "Urb. Las Palmas B-12", "Ave. Ashford 1045", "Calle Sol 110, 2do piso"),
}
AREA_CODES = {
    "en": ("312", "212", "415", "206", "404", "512", "617", "303", "416"),
    "es": ("787", "939", "305", "213", "602"),
}
