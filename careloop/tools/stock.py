"""Tools over stock."""

from __future__ import annotations

from sqlalchemy.orm import Session

from careloop.crm_core.inventory import (
    checking,
    offline,
    part_queries,
    queries,
    replenishment,
    service,
    upkeep,
    valuation,
)  # fmt: skip
from careloop.crm_core.inventory.repeats import once
from careloop.crm_core.inventory.schemas import (
    ApproveRequest,
    CancelTransfer,
    CloseCount,
    CreateRequest,
    CreateTransfer,
    EnterCount,
    FulfilRequest,
    Issue,
    MakeRequests,
    OfflineCommand,
    Receive,
    ReceiveTransfer,
    RejectRequest,
    ReleaseReservation,
    Reserve,
    ReturnPart,
    Reverse,
    Scrap,
    ShipTransfer,
    StartCount,
    StepRequest,
    UsePart,
)  # fmt: skip
from careloop.crm_core.inventory.upkeep_schemas import (
    DescribePart,
    PutKit,
    PutLocation,
    PutSubstitute,
    SetLevels,
    SetRules,
)  # fmt: skip
from careloop.crm_core.inventory.views import (
    BalanceView,
    CountView,
    KitView,
    LocationView,
    Made,
    OfflineAnswer,
    Posted,
    RebuildView,
    RequestView,
    ReservationView,
    Reserved,
    RulesView,
    StockPartView,
    SubstituteView,
    TransferView,
)  # fmt: skip
from careloop.kit.actor import Actor
from careloop.kit.errors import Forbidden
from careloop.tools.spec import Done, Effect, tool

MOVE, WRITE, REQUEST, APPROVE = "stock:move", "stock:write", "stock:request", "stock:approve"


@tool("stock.receive", effect=Effect.WRITE, scope=MOVE)
def receive(session: Session, actor: Actor, command: Receive) -> Posted:
    """Receive parts from a supplier."""
    return service.receive(session, actor, command)


@tool("stock.use", effect=Effect.WRITE, scope=MOVE)
def use(session: Session, actor: Actor, command: UsePart) -> Posted:
    """Use a part on a visit; it goes from the van to the customer."""
    return service.use_on_work_order(session, actor, command)


@tool("stock.issue", effect=Effect.WRITE, scope=MOVE)
def issue(session: Session, actor: Actor, command: Issue) -> Posted:
    """Hand parts out, to a customer or straight to another location."""
    return service.issue(session, actor, command)


@tool("stock.return", effect=Effect.WRITE, scope=MOVE)
def give_back(session: Session, actor: Actor, command: ReturnPart) -> Posted:
    """Take a part back from a customer, good or defective."""
    return service.give_back(session, actor, command)


@tool("stock.scrap", effect=Effect.WRITE, scope=MOVE)
def scrap(session: Session, actor: Actor, command: Scrap) -> Posted:
    """Throw a part away."""
    return service.scrap(session, actor, command)


@tool("stock.reverse", effect=Effect.WRITE, scope=WRITE)
def reverse(session: Session, actor: Actor, command: Reverse) -> Posted:
    """Take a posted move back by the opposite move."""
    return service.reverse(session, actor, command)


@tool("stock.offline", effect=Effect.WRITE, scope=REQUEST)
def apply_offline(session: Session, actor: Actor, command: OfflineCommand) -> OfflineAnswer:
    """Apply one act that a van did without a signal; once for its id, for ever."""
    scope = REQUEST if command.kind == "reserve" else MOVE
    if not actor.may(scope):
        raise Forbidden(f"This needs the right {scope}")
    return offline.apply(session, actor, command)


@tool("stock.reserve", effect=Effect.WRITE, scope=REQUEST)
def reserve(session: Session, actor: Actor, command: Reserve) -> Reserved:
    """Keep parts at a location for a purpose; all lines or none."""
    return service.reserve(session, actor, command)


@tool("stock.release", effect=Effect.WRITE, scope=REQUEST)
def release(session: Session, actor: Actor, command: ReleaseReservation) -> ReservationView:
    """Keep parts no longer."""
    return service.release_reservation(session, actor, command)


@tool("stock.transfer", effect=Effect.WRITE, scope=MOVE)
def transfer(session: Session, actor: Actor, command: CreateTransfer) -> TransferView:
    """Send parts from one location to another, as a draft or at once."""
    return service.create_transfer(session, actor, command)


@tool("stock.ship", effect=Effect.WRITE, scope=MOVE)
def ship(session: Session, actor: Actor, command: ShipTransfer) -> TransferView:
    """Let a draft transfer leave its source."""
    return service.ship_transfer(session, actor, command)


@tool("stock.receive_transfer", effect=Effect.WRITE, scope=MOVE)
def receive_transfer(session: Session, actor: Actor, command: ReceiveTransfer) -> TransferView:
    """Receive parts in transit, whole or in part, and name what is lost."""
    return service.receive_transfer(session, actor, command)


@tool("stock.cancel_transfer", effect=Effect.WRITE, scope=MOVE)
def cancel_transfer(session: Session, actor: Actor, command: CancelTransfer) -> TransferView:
    """Give a transfer up; what is in transit goes back to the source."""
    return service.cancel_transfer(session, actor, command)


@tool("stock.request", effect=Effect.WRITE, scope=REQUEST)
def request(session: Session, actor: Actor, command: CreateRequest) -> RequestView:
    """Ask for parts."""
    return service.create_request(session, actor, command)


@tool("stock.submit_request", effect=Effect.WRITE, scope=REQUEST)
def submit_request(session: Session, actor: Actor, command: StepRequest) -> RequestView:
    """Ask for the approval of a draft request."""
    return service.submit_request(session, actor, command)


@tool("stock.approve_request", effect=Effect.WRITE, scope=APPROVE)
def approve_request(session: Session, actor: Actor, command: ApproveRequest) -> RequestView:
    """Say yes to a request; the last yes reserves the parts."""
    return service.approve_request(session, actor, command)


@tool("stock.reject_request", effect=Effect.WRITE, scope=APPROVE)
def reject_request(session: Session, actor: Actor, command: RejectRequest) -> RequestView:
    """Say no to a request."""
    return service.reject_request(session, actor, command)


@tool("stock.pick_request", effect=Effect.WRITE, scope=MOVE)
def pick_request(session: Session, actor: Actor, command: StepRequest) -> RequestView:
    """Begin to collect the parts of a request."""
    return service.pick_request(session, actor, command)


@tool("stock.fulfil_request", effect=Effect.WRITE, scope=MOVE)
def fulfil_request(session: Session, actor: Actor, command: FulfilRequest) -> RequestView:
    """Send the parts of an approved request, or receive them from the supplier."""
    return service.fulfil_request(session, actor, command)


@tool("stock.cancel_request", effect=Effect.WRITE, scope=REQUEST)
def cancel_request(session: Session, actor: Actor, command: StepRequest) -> RequestView:
    """Take a request back."""
    return service.cancel_request(session, actor, command)


@tool("stock.start_count", effect=Effect.WRITE, scope=MOVE)
def start_count(session: Session, actor: Actor, command: StartCount) -> CountView:
    """Begin to count a location."""
    return service.start_count(session, actor, command)


@tool("stock.enter_count", effect=Effect.WRITE, scope=MOVE)
def enter_count(session: Session, actor: Actor, command: EnterCount) -> CountView:
    """Enter what lies there."""
    return service.enter_count(session, actor, command)


@tool("stock.close_count", effect=Effect.WRITE, scope=APPROVE)
def close_count(session: Session, actor: Actor, command: CloseCount) -> CountView:
    """Post the differences of a count, or give it up."""
    return service.close_count(session, actor, command)


@tool("stock.replenish", effect=Effect.WRITE, scope=REQUEST)
def replenish(session: Session, actor: Actor, command: MakeRequests) -> Made:
    """Turn the replenishment proposal into requests."""
    return once(
        session, actor, "replenish", command, Made,
        lambda: replenishment.make(session, actor, command),
    )  # fmt: skip


@tool("stock.put_location", effect=Effect.WRITE, scope=WRITE)
def put_location(session: Session, actor: Actor, command: PutLocation) -> LocationView:
    """Make or change a location."""
    row = upkeep.put_location(session, actor, command)
    return valuation.locations(session, actor, inactive=True, only=row.code)[0]


@tool("stock.set_levels", effect=Effect.WRITE, scope=WRITE)
def set_levels(session: Session, actor: Actor, command: SetLevels) -> BalanceView:
    """Set minimum, maximum and bin of a part at a location."""
    row = upkeep.set_levels(session, actor, command)
    place = queries.location_by_id(session, actor, row.location_id)
    return queries.balance_views(session, actor.tenant_id, [(place, row)])[0]


@tool("stock.describe_part", effect=Effect.WRITE, scope=WRITE)
def describe_part(session: Session, actor: Actor, command: DescribePart) -> StockPartView:
    """Set GS1 number, unit and tracking of a part."""
    return part_queries.part_views(session, actor, [upkeep.describe_part(session, actor, command)])[
        0
    ]


@tool("stock.put_substitute", effect=Effect.WRITE, scope=WRITE)
def put_substitute(session: Session, actor: Actor, command: PutSubstitute) -> SubstituteView:
    """Say that a part may stand in for another, or take that back."""
    row = upkeep.put_substitute(session, actor, command)
    return part_queries.substitute_view(session, actor, row)


@tool("stock.put_kit", effect=Effect.WRITE, scope=WRITE)
def put_kit(session: Session, actor: Actor, command: PutKit) -> KitView:
    """Make, change or drop a kit."""
    upkeep.put_kit(session, actor, command)
    return KitView(
        code=command.code, name=command.name, lines=[line.model_dump() for line in command.lines]
    )


@tool("stock.set_rules", effect=Effect.WRITE, scope=WRITE)
def set_rules(session: Session, actor: Actor, command: SetRules) -> RulesView:
    """Set the rules of approval."""
    return queries.rules_view(upkeep.set_rules(session, actor, command))


@tool("stock.rebuild", effect=Effect.WRITE, scope=WRITE)
def rebuild(session: Session, actor: Actor, command: Done) -> RebuildView:
    """Make balances and serial positions again from the moves."""
    return checking.rebuild(session, actor)
