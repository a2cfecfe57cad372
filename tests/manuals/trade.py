# ruff: noqa: E501
"""What the invented maker knows about its machines: data, codes, parts. The text is ours."""

from __future__ import annotations

from dataclasses import dataclass

MODELS = ("TD-22", "TD-48")

GENERAL = [
    ("Net mass", "148 kg", "312 kg"),
    ("Gross mass with crate", "171 kg", "356 kg"),
    ("Width", "468 mm", "634 mm"),
    ("Depth", "742 mm", "868 mm"),
    ("Height without castors", "815 mm", "1496 mm"),
    ("Supply voltage", "1~ 230 V, 50 Hz", "3N~ 400 V, 50 Hz"),
    ("Fuse of the installation", "16 A, type C", "25 A, type C"),
    ("Rated power input", "2.1 kW", "4.7 kW"),
    ("Residual current device", "30 mA, type A", "30 mA, type F"),
    ("Refrigerant of the cylinder circuit", "R290, 0.148 kg", "R448A, 1.62 kg"),
    ("Refrigerant of the hopper circuit", "R600a, 0.052 kg", "R600a, 0.097 kg"),
    ("Protection class of the housing", "IPX1", "IPX4"),
    ("Sound pressure level at 1 m", "58 dB(A)", "66 dB(A)"),
    ("Ambient temperature", "5 to 38 °C", "5 to 43 °C"),
]

CYLINDER = [
    ("Number of freezing cylinders", "-", "1", "2"),
    ("Volume of one cylinder", "l", "1.75", "3.35"),
    ("Volume of one hopper", "l", "11.5", "18.0"),
    ("Smallest charge of mix", "l", "3.2", "5.4"),
    ("Speed of the beater", "rpm", "142", "168"),
    ("Power of the beater motor", "W", "550", "1500"),
    ("Storage temperature of the hopper", "°C", "3.5", "2.5"),
    ("Draw temperature of the product", "°C", "-6.5", "-7.5"),
    ("Overrun with air tube A", "%", "35", "40"),
    ("Overrun with air tube B", "%", "55", "65"),
]

OUTPUT = [
    ("20", "22.4", "53.0", "1.62", "3.71"),
    ("25", "20.8", "49.5", "1.70", "3.92"),
    ("30", "18.6", "45.2", "1.83", "4.18"),
    ("35", "15.9", "40.7", "1.96", "4.44"),
    ("38", "13.1", "37.3", "2.08", "4.61"),
    ("43", "not permitted", "31.6", "not permitted", "4.70"),
]

TORQUES = [
    ("Nuts of the dispensing door", "M10", "6.5", "8.5"),
    ("Screws of the gearbox flange", "M8", "21", "24"),
    ("Screws of the beater motor", "M8", "19", "23"),
    ("Grub screw of the V-belt pulley", "M6", "9.5", "11.5"),
    ("Compressor feet", "M8", "12", "14"),
    ("Condenser fan bracket", "M5", "4.2", "4.8"),
    ("Terminal screws of the contactor", "M3.5", "1.2", "1.4"),
    ("Earth stud of the housing", "M6", "7.0", "7.0"),
]

LUBRICANTS = [
    ("Food area", "Shaft seal", "Food-grade grease NSF H1, type LG-1", "2 g"),
    ("Food area", "Draw valve O-rings", "Food-grade grease NSF H1, type LG-1", "1 g"),
    ("Food area", "Beater bearing", "Food-grade grease NSF H1, type LG-1", "3 g"),
    ("Drive", "Gearbox", "Synthetic oil CLP-PG 220, type LO-4", "180 ml"),
    ("Drive", "Motor bearing", "Lithium grease, type LG-7", "8 g"),
    ("Housing", "Castors", "Spray oil, type LO-9", "as needed"),
]

SCHEDULE = [
    ("Daily", "Wipe drip tray and nozzle", "x", "x", "Operator"),
    ("Daily", "Check the hopper level sensor", "x", "x", "Operator"),
    ("Daily", "Run the pasteurising cycle", "-", "x", "Operator"),
    ("Every 100 operating hours", "Clean the condenser filter mat", "x", "x", "Operator"),
    ("Every 100 operating hours", "Check the tension of the V-belt", "-", "x", "Technician"),
    ("Every 600 operating hours", "Replace the scraper blades", "x", "x", "Technician"),
    ("Every 600 operating hours", "Replace the shaft seal", "x", "x", "Technician"),
    ("Every 600 operating hours", "Replace the draw valve O-rings", "x", "x", "Operator"),
    ("Every 600 operating hours", "Grease the beater bearing", "x", "x", "Technician"),
    ("Every 2500 operating hours", "Replace the V-belt", "-", "x", "Technician"),
    ("Every 2500 operating hours", "Change the gearbox oil", "x", "x", "Technician"),
    (
        "Every 2500 operating hours",
        "Replace the air filter of the mix pump",
        "x",
        "x",
        "Technician",
    ),
    ("Every 2 years", "Test the safety pressure switch", "x", "x", "Technician"),
    ("Every 2 years", "Measure the protective conductor", "x", "x", "Electrician"),
]


@dataclass(frozen=True)
class Component:
    """A part that is replaced as a whole: where it sits and how it is held."""

    name: str
    place: str
    access: str
    fixing: str
    check: str
    minutes: int


COMPONENTS = [
    Component("condenser fan", "behind the rear panel", "rear panel", "four M5 screws on the bracket", "the air flows from the condenser to the rear", 25),
    Component("main board", "in the control box", "left side panel", "six plastic spacers", "the firmware number is shown at start", 40),
    Component("display board", "in the front frame", "front frame", "five clips", "all segments light for two seconds", 20),
    Component("level sensor", "in the wall of the hopper", "hopper lid", "a union nut with flat gasket", "the display shows HIGH when the hopper is full", 15),
    Component("beater motor", "on the gearbox", "right side panel", "four M8 screws", "the current stays below the rated current", 60),
    Component("V-belt", "between motor pulley and gearbox pulley", "right side panel", "the tension of the motor cradle", "the belt yields 8 mm under 25 N", 30),
    Component("shaft seal", "at the rear end of the freezing cylinder", "dispensing door and beater", "a press fit in the seal seat", "no mix drips from the weep tube", 35),
    Component("expansion valve", "at the inlet of the cylinder evaporator", "rear panel and insulation", "two flare nuts", "the superheat is 6 K at steady state", 120),
    Component("hot-gas valve", "beside the compressor", "rear panel", "two brazed joints", "the cylinder warms when the valve opens", 110),
    Component("filter drier", "in the liquid line", "rear panel", "two brazed joints", "no temperature step across the drier", 90),
    Component("high-pressure switch", "on the discharge line", "rear panel", "a Schrader port with nut", "the switch opens at its set pressure", 30),
    Component("door interlock switch", "beside the upper stud of the dispensing door", "front frame", "two M3 screws", "the beater stops when the door is opened", 20),
    Component("mix pump", "under the hopper", "hopper lid and pump cover", "a bayonet ring", "the pump fills the cylinder in 90 seconds", 25),
    Component("drip tray holder", "below the nozzles", "drip tray", "two hooks", "the tray lies level", 5),
    Component("contactor K1", "in the control box", "left side panel", "a DIN rail clip", "the coil pulls in without humming", 25),
    Component("power supply board", "in the control box", "left side panel", "four M4 nuts", "24 V at terminals X5.1 and X5.2", 30),
    Component("hopper agitator", "at the bottom of the hopper", "hopper lid", "a magnetic coupling", "the mix turns slowly without foam", 10),
    Component("temperature probe T1", "in the well of the freezing cylinder", "rear panel", "a cable gland with heat paste", "the display shows the ambient temperature", 25),
    Component("temperature probe T2", "in the wall of the hopper", "rear panel", "a spring clip", "the display shows the temperature of the mix", 25),
    Component("capacitor of the compressor", "on the compressor terminal box", "rear panel", "a single M8 nut", "the compressor starts within one second", 20),
]  # fmt: skip


def faults() -> list[tuple[str, str, str, str]]:
    """Sixty fault codes: code, message, cause, remedy."""
    rows: list[tuple[str, str, str, str]] = []
    probes = [("T1", "cylinder left"), ("T2", "hopper left"), ("T3", "condenser"),
              ("T4", "cylinder right"), ("T5", "hopper right"), ("T6", "suction line")]  # fmt: skip
    for n, (probe, where) in enumerate(probes):
        base = 101 + 3 * n
        plug = f"X{12 + n}"
        rows += [
            (f"E-{base}", f"Probe {probe} ({where}) open", f"Cable broken or plug {plug} not seated", f"Seat plug {plug}; measure {10 + n}.{n} kOhm at 25 °C; replace the probe"),
            (f"E-{base + 1}", f"Probe {probe} ({where}) shorted", f"Moisture in plug {plug} or crushed cable", f"Dry plug {plug} and lay the cable new; replace the probe"),
            (f"E-{base + 2}", f"Probe {probe} ({where}) implausible", f"Probe {probe} has left its well", f"Push the probe in to the stop and fix it with clip {20 + n}"),
        ]  # fmt: skip
    drives = [("beater motor left", "K1", "3.4 A", "6.8 A"), ("beater motor right", "K2", "3.4 A", "6.8 A"),
              ("mix pump", "K3", "0.9 A", "1.3 A"), ("hopper agitator", "K4", "0.4 A", "0.6 A"),
              ("condenser fan", "K5", "0.7 A", "1.1 A"), ("compressor", "K6", "8.9 A", "13.2 A")]  # fmt: skip
    for n, (drive, relay, small, large) in enumerate(drives):
        base = 201 + 3 * n
        rows += [
            (f"E-{base}", f"Overload of the {drive}", f"Current above {small} (TD-22) or {large} (TD-48) for {4 + n} s", f"Let it cool for {10 + n} minutes, then reset with key R; check that the {drive} turns freely"),
            (f"E-{base + 1}", f"No feedback of the {drive}", f"Contactor {relay} does not pull in", f"Measure {22 + n} V at coil {relay}; replace {relay}"),
            (f"E-{base + 2}", f"The {drive} runs without command", f"Contacts of {relay} welded", f"Switch off the main switch at once; replace {relay}"),
        ]  # fmt: skip
    cold = [("High pressure", "Condenser dirty or fan stopped", "Clean the condenser; restart after 5 minutes"),
            ("Low pressure", "Refrigerant lost", "Search for the leak; call a refrigeration technician"),
            ("Superheat too small", "Expansion valve stuck open", "Warm the valve; replace it if the superheat stays below 3 K"),
            ("Superheat too large", "Filter drier blocked", "Replace the filter drier"),
            ("Freezing time exceeded", "Mix too warm or too little sugar", "Cool the mix below 8 °C before filling; check the recipe"),
            ("Cylinder frozen up", "Scraper blades worn or no mix in the cylinder", "Defrost with key D for 12 minutes; replace the scraper blades"),
            ("Hot-gas valve does not close", "Valve seat dirty", "Switch the valve ten times in the service menu; replace it"),
            ("Pasteurising not reached", "Hopper lid open or heater failed", "Close the lid; measure 41 Ohm at heater E1"),
            ("Pasteurising aborted", "Mains failure during the hold time", "Discard the mix and sanitise the machine"),
            ("Hopper too warm", "Hopper circuit stopped for more than 90 minutes", "Discard the mix; check compressor M6"),
            ("Mix empty", "Hopper level below the sensor", "Fill in mix; press key OK"),
            ("Mix low", "Hopper level below one quarter", "Fill in mix soon")]  # fmt: skip
    rows += [(f"E-{301 + n}", *item) for n, item in enumerate(cold)]
    other = [("Door open", "Dispensing door not fastened", "Fasten both nuts; check the door interlock switch"),
             ("Phase sequence wrong (TD-48)", "Two phases swapped at the supply", "Have an electrician swap L1 and L2"),
             ("Undervoltage", "Supply below 198 V", "Check the supply; do not use an extension cable"),
             ("Overvoltage", "Supply above 258 V", "Check the neutral conductor"),
             ("No connection to display", "Cable W7 loose", "Plug in cable W7 at both ends"),
             ("Parameter memory lost", "Battery of the main board empty", "Replace battery G1 and load the factory settings"),
             ("Wrong firmware", "Main board and display differ", "Load the same firmware on both boards"),
             ("Cleaning overdue", "More than 72 hours since the last cleaning", "Clean and sanitise the machine"),
             ("Service due", "600 operating hours reached", "Do the service and reset the counter in menu 8.4"),
             ("USB stick not readable", "Stick is not formatted with FAT32", "Format the stick with FAT32"),
             ("Clock not set", "Clock lost after a long standstill", "Set date and time in menu 2.1"),
             ("Unknown accessory", "Syrup unit not registered", "Register the syrup unit in menu 9.3")]  # fmt: skip
    rows += [(f"E-{401 + n}", *item) for n, item in enumerate(other)]
    return rows


def parameters() -> list[tuple[str, str, str, str, str, str]]:
    """Ninety-six menu parameters: number, name, range, unit, default of either model."""
    things = [
        ("Set temperature of the cylinder", "-12.0 to -2.0", "°C"), ("Set temperature of the hopper", "1.0 to 6.0", "°C"),
        ("Hysteresis of the cylinder", "0.2 to 3.0", "K"), ("Run time of the beater after a draw", "5 to 90", "s"),
        ("Pause between two draws", "0 to 60", "s"), ("Viscosity threshold", "20 to 99", "%"),
        ("Defrost time", "2 to 30", "min"), ("Fan overrun", "0 to 240", "s"),
        ("Delay of the compressor", "60 to 600", "s"), ("Alarm temperature of the hopper", "5.0 to 12.0", "°C"),
        ("Brightness of the display", "10 to 100", "%"), ("Length of a portion", "1.0 to 20.0", "s"),
    ]  # fmt: skip
    groups = ["standard product", "sorbet", "yoghurt", "milk shake", "standby", "night mode",
              "pasteurising", "service run"]  # fmt: skip
    rows = []
    for g, group in enumerate(groups):
        for t, (name, span, unit) in enumerate(things):
            number = g * 12 + t + 1
            low, high = (float(item) for item in span.split(" to "))
            small = low + (high - low) * ((number * 37) % 89) / 97
            large = low + (high - low) * ((number * 53 + 11) % 83) / 97
            form = "{:.1f}" if "." in span else "{:.0f}"
            rows.append(
                (
                    f"P{number:02d}",
                    f"{name}, {group}",
                    span,
                    unit,
                    form.format(small),
                    form.format(large),
                )
            )
    return rows


def parts() -> list[tuple[str, str, str, str, str]]:
    """Parts list: position, part number, description, quantity for either model."""
    nouns = ["Scraper blade", "Beater frame", "Beater bearing", "Shaft seal", "Draw valve", "O-ring 24x3", "O-ring 38x4",
             "Dispensing door", "Door nut M10", "Hopper lid", "Air tube A", "Air tube B", "Level sensor", "Drip tray",
             "Drip grid", "Nozzle star", "V-belt XPZ 987", "Motor pulley", "Gearbox", "Beater motor", "Compressor",
             "Condenser", "Condenser fan", "Filter mat", "Filter drier", "Expansion valve", "Hot-gas valve",
             "High-pressure switch", "Main board", "Display board", "Power supply board", "Contactor K1", "Battery G1",
             "Cable W7", "Main switch", "Side panel left", "Side panel right", "Rear panel", "Castor with brake", "Castor"]  # fmt: skip
    kinds = ["", ", reinforced", ", export version", ", repair kit"]
    rows = []
    for k, kind in enumerate(kinds):
        for n, noun in enumerate(nouns):
            number = k * len(nouns) + n + 1
            code = f"7{(number * 6151) % 9000 + 1000}-{(number * 17) % 90 + 10}"
            small = str(1 + (number * 7) % 4)
            large = str(2 + (number * 5) % 6) if number % 9 else "-"
            rows.append((str(number), code, noun + kind, small, large))
    return rows


SYMPTOMS = [
    ("Product too soft", "Air filter mat of the condenser dirty", "Clean the filter mat"),
    ("Product too soft", "Viscosity threshold set too low", "Raise the viscosity threshold by 5 %"),
    ("Product too soft", "Scraper blades blunt", "Replace the scraper blades"),
    ("Product too stiff", "Too much sugar-free mix", "Change the recipe"),
    ("Product too stiff", "Probe T1 displaced", "Push the probe into its well"),
    ("No product comes out", "Cylinder frozen up", "Defrost with key D"),
    ("No product comes out", "Air tube missing", "Insert the air tube that fits the mix"),
    ("Mix drips at the rear", "Shaft seal worn", "Replace the shaft seal"),
    ("Rattling noise", "Beater inserted the wrong way round", "Remove the beater and insert it with the hook to the front"),
    ("Rattling noise", "Loose side panel", "Tighten the quarter-turn screws"),
    ("Foam in the hopper", "Agitator too fast", "Lower parameter P16"),
    ("Display stays dark", "Fuse F2 blown", "Replace fuse F2 (2 A, slow)"),
]  # fmt: skip
