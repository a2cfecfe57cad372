"""Serial first: find out which machine this is about, and ask only when it must be asked."""

from __future__ import annotations

from careloop.agents.mind.embedded.situation import SKIP, Situation
from careloop.agents.mind.ports import Decision, Say
from careloop.agents.mind.reading import SerialCandidate


def notice_device(s: Situation) -> Say | None:
    """Pin the device or model that the message names.

    Ends the turn only when the serial could mean several devices on file.
    """
    _default_device(s)
    if s.chosen.startswith("serial:"):
        _pin_chosen(s, s.chosen.removeprefix("serial:"))
        return None
    candidates = s.reading.entities.serials
    verified = [candidate for candidate in candidates if candidate.verified]
    if verified:
        own = {asset.serial for asset in s.turn.own_assets}
        # Of several serials in one message the sender's own counts, else the one named last.
        mine = [candidate for candidate in verified if candidate.serial in own]
        chosen = (mine or verified)[-1]
        s.pin(chosen.serial, chosen.model)
        if chosen.corrected:
            s.lead.append(s.t("device.read_as", serial=chosen.serial))
        return None
    if s.reading.entities.models and not s.memory.asset:
        s.memory.model = s.reading.entities.models[-1]
    for candidate in candidates:
        likely = [one for one in s.turn.own_assets if one.serial in candidate.alternatives]
        if len(likely) == 1:
            s.pin(likely[0].serial, likely[0].model)
            s.lead.append(s.t("device.read_as", serial=likely[0].serial))
            return None
        offered = _offered(s, candidate)
        if offered and not s.memory.was_asked("confirm_serial"):
            return _confirm(s, candidate, offered)
        s.lead.append(s.t("device.not_on_file", serial=candidate.written))
        break
    return None


def model_for_advice(s: Situation) -> str:
    """The model that advice must fit: named in this message, else pinned."""
    named = s.reading.entities.models
    return named[-1] if named else s.memory.model


def ask_model(s: Situation, models: list[str], question: str) -> Say:
    """The answer differs by model: ask which one, once."""
    s.memory.question = question
    s.memory.ask("model", "model")
    labels = {model: f"model:{model}" for model in models[:8]}
    labels[s.t("button.skip")] = SKIP
    return s.say(
        Decision.CLARIFY_MODEL,
        s.t("device.ask_model", models=", ".join(models[:8])),
        s.choices(labels),
        pending="model",
    )


def _default_device(s: Situation) -> None:
    """A known contact with one device means that one; a caller may have pinned one."""
    if s.turn.model and not s.memory.model:
        s.memory.model = s.turn.model
    if s.turn.asset and not s.memory.asset:
        s.memory.asset = s.turn.asset
        s.memory.model = s.turn.model or s.memory.model
    if s.memory.model or s.memory.asset:
        return
    models = {asset.model for asset in s.turn.own_assets}
    if len(s.turn.own_assets) == 1:
        only = s.turn.own_assets[0]
        s.memory.asset, s.memory.model = only.serial, only.model
    elif len(models) == 1:
        s.memory.model = models.pop()


def _offered(s: Situation, candidate: SerialCandidate) -> list[str]:
    """Serials to choose from.

    Those that differ by a typing slip are offered only to their owner, so that nobody can walk
    through other customers' numbers one character at a time.
    """
    own = {asset.serial for asset in s.turn.own_assets}
    return [serial for serial in candidate.alternatives if serial in own or candidate.corrected]


def _confirm(s: Situation, candidate: SerialCandidate, offered: list[str]) -> Say:
    s.memory.question = s.memory.question or s.text
    s.memory.ask("confirm_serial", "confirm_serial")
    labels = {serial: f"serial:{serial}" for serial in offered[:4]}
    labels[s.t("button.skip")] = SKIP
    return s.say(
        Decision.ASK,
        s.t("device.confirm_serial", serial=candidate.written),
        s.choices(labels),
        pending="confirm_serial",
    )


def _pin_chosen(s: Situation, serial: str) -> None:
    for candidate in s.reading.entities.serials:
        if candidate.serial == serial:
            s.pin(serial, candidate.model)
            return
    for asset in s.turn.own_assets:
        if asset.serial == serial:
            s.pin(serial, asset.model)
            return
