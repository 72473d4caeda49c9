"""Which number of a Messaging Service sends: the one this phone knows, one of its area, else in turn."""

from answerback_emulator.world.world import World


def pick_sender(world: World, service_sid: str, to: str) -> str | None:
    """The sender for a text, remembered when the service keeps senders; None when the pool is empty."""
    service = world.services.get(service_sid)
    pool = [number.phone_number for number in world.pool(service_sid) if "sms" in number.capabilities]
    if service is None or not pool:
        return None
    known = world.sticky_senders.get((service_sid, to))
    if known in pool:
        return known
    same_area = [number for number in pool if service.area_code_geomatch and number[:5] == to[:5]]
    choices = same_area or pool
    chosen = choices[sum(map(ord, to)) % len(choices)]
    if service.sticky_sender:
        world.sticky_senders[service_sid, to] = chosen
    return chosen
