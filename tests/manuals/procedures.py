# ruff: noqa: E501
"""The procedures of the manual: those written by hand, and one for each component."""

from __future__ import annotations

from dataclasses import dataclass

from tests.manuals.trade import COMPONENTS, Component


@dataclass(frozen=True)
class Work:
    """A procedure: a warning, numbered steps with sub-steps, a figure after a step."""

    key: str
    title: str
    signal: str
    warning: str
    steps: tuple[tuple[str, tuple[str, ...]], ...]
    figure: str = ""


def _steps(*texts: str | tuple[str, tuple[str, ...]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((item, ()) if isinstance(item, str) else item for item in texts)


UNPACK = Work(
    "unpack", "Unpacking and moving to the place of use", "WARNING",
    "The machine is top-heavy. It can tip over and crush persons. Two persons are needed for the TD-22, a lift truck for the TD-48.",
    _steps(
        "Check the tilt indicators on the crate and note the colour in the delivery record.",
        "Cut the four steel straps with shears from the side.",
        "Lift off the cardboard hood straight upwards.",
        ("Undo the two transport brackets:", ("left bracket: spanner size 13;", "right bracket: spanner size 17.")),
        "Push the forks of the lift truck between the runners marked with yellow arrows.",
        "Raise the machine by no more than 120 mm and pull the pallet away.",
        "Lower the machine on its castors and lock both front brakes.",
        "Keep the machine upright for at least six hours before it is switched on, so that the oil flows back to the compressor.",
    ), "unpack",
)  # fmt: skip

LEVEL = Work(
    "level", "Levelling and connecting to the supply", "DANGER",
    "Live parts. Only a qualified electrician may open the terminal box.",
    _steps(
        "Turn the adjustable feet until the spirit level on the hopper rim shows a slope of no more than 2 mm per metre.",
        "Keep a free space of 150 mm at the left, 150 mm at the right and 250 mm at the rear.",
        "Open the terminal box with the square key.",
        "Lead the supply cable through gland M25 and strip it by 80 mm.",
        "Connect the protective conductor first, then N, then the phases.",
        "Close the terminal box and tighten the gland by hand plus a quarter turn.",
        "Switch on and watch the direction of the arrow on the fan hub.",
    ), "level",
)  # fmt: skip

SANITISE = Work(
    "sanitise", "Sanitising the machine before filling", "CAUTION",
    "Sanitiser irritates eyes and skin. Wear goggles and gloves of nitrile.",
    _steps(
        "Mix 40 ml of sanitiser SN-5 with 8 litres of water of 35 °C.",
        "Close the draw valve and remove the air tube from the hopper.",
        "Pour the solution into the hopper up to the upper mark.",
        "Brush the hopper walls, the lid and the sensor with the white brush.",
        "Press the key WASH and let the beater turn for exactly 5 minutes.",
        ("Draw off part of the solution:", ("half a litre from the nozzle;", "a quarter of a litre from the weep tube.")),
        "Let the rest of the solution act for 10 minutes with the beater at rest.",
        "Open the draw valve and empty the cylinder completely.",
        "Rinse twice with 8 litres of drinking water unless local rules forbid it.",
        "Wipe the nozzle with a fresh cloth and put the nozzle cap on.",
        "Write the date and your initials in the hygiene log.",
    ), "sanitise",
)  # fmt: skip

BEATER = Work(
    "beater", "Removing the beater and changing the scraper blades", "WARNING",
    "The beater can start without notice. Switch off the main switch and lock it.",
    _steps(
        "Empty the cylinder and rinse it with lukewarm water.",
        "Switch off the main switch and hang the padlock in it.",
        "Undo the nuts of the dispensing door crosswise and pull the door off its studs.",
        "Pull the beater out by its hook with a slow turn to the left.",
        "Lift the worn blades off the pins of the beater frame.",
        ("Check the beater frame:", ("no pin is bent;", "the hook has no crack;", "the bearing turns without play.")),
        "Press the new blades on the pins with the edge towards the cylinder wall.",
        "Grease the shaft end with 3 g of grease LG-1.",
        "Push the beater in with a turn to the right until the drive square catches.",
        "Put the door seal in and fasten the dispensing door with the torque of Table 3-4.",
        "Remove the padlock, switch on and let the beater run for 30 seconds without mix.",
        "Reset the blade counter in menu 8.2.",
    ), "beater",
)  # fmt: skip

GEAR_OIL = Work(
    "gearoil", "Changing the gearbox oil", "CAUTION",
    "The gearbox is hot after work. Let it cool below 40 °C.",
    _steps(
        "Run the machine for 10 minutes so that the oil is warm, then switch it off.",
        "Take off the right side panel.",
        "Place a flat tray of 300 ml under drain plug A.",
        "Unscrew drain plug A with a hexagon key of 8 mm and wait until no oil drips.",
        "Clean the magnet of the plug and look for metal chips.",
        "Screw in drain plug A with a new copper ring.",
        "Fill in 180 ml of oil LO-4 through opening B with the syringe.",
        "Check that the oil stands at the lower edge of opening B.",
        "Close opening B and wipe the gearbox dry.",
        "Write the oil change in the service log.",
    ), "gearoil",
)  # fmt: skip

FIRMWARE = Work(
    "firmware", "Loading new firmware", "NOTICE",
    "An interruption of the supply while loading makes the main board unusable.",
    _steps(
        "Copy the file TUNDRA.BIN to the top folder of a USB stick with FAT32.",
        "Empty the machine and switch it to standby.",
        "Take off the cap of the USB port below the display.",
        "Plug in the stick and hold the keys UP and OK for 6 seconds.",
        "Select LOAD FIRMWARE and confirm with the code 4711.",
        "Wait until the bar has gone through twice; this takes about 4 minutes.",
        "Pull out the stick when the display says READY.",
        "Read the firmware number in menu 9.1 and compare it with the release note.",
    ), "firmware",
)  # fmt: skip

HAND_WRITTEN = (UNPACK, LEVEL, SANITISE, BEATER, GEAR_OIL, FIRMWARE)


def replacement(part: Component, number: int) -> Work:
    """The replacement of a component, as the repair chapter tells it."""
    signals = ("WARNING", "DANGER", "CAUTION")
    return Work(
        f"replace-{number}", f"Replacing the {part.name}", signals[number % 3],
        f"Switch off the main switch and secure it before you reach for the {part.name}.",
        _steps(
            f"Empty the machine and switch it off; allow {part.minutes} minutes for the work.",
            f"Take off the {part.access} to reach the {part.name} {part.place}.",
            f"Mark cables and lines of the {part.name} with tape number {number + 1}.",
            f"Loosen {part.fixing} and catch the {part.name} with one hand.",
            (f"Compare the new {part.name} with the old one:", ("part number on the label;", "position of the connections.")),
            f"Fit the new {part.name} in reverse order with {part.fixing}.",
            f"Switch on and check: {part.check}.",
            f"Note the replacement of the {part.name} under number R{number + 10} in the service log.",
        ),
    )  # fmt: skip


REPLACEMENTS = tuple(replacement(part, n) for n, part in enumerate(COMPONENTS))
