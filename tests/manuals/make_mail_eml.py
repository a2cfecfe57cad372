# ruff: noqa: E501
"""A mail of the maker's support with an answer, a quoted question and a CSV attachment."""

from __future__ import annotations

import sys
from email.message import EmailMessage
from pathlib import Path

from tests.manuals.make_manual_pdf import Made

STOCK = [("Filter mat", "7311-08", "in stock", "2"), ("Castor with brake", "7415-22", "late", "21"),
         ("Battery G1", "7502-19", "in stock", "3"), ("Display board", "7618-77", "late", "35")]  # fmt: skip


def make_mail() -> Made:
    mail = EmailMessage()
    mail["From"] = "Support <support@tundrella.example>"
    mail["To"] = "Partners <partners@tundrella.example>"
    mail["Subject"] = "Delivery times of spare parts and the new button cell"
    mail["Date"] = "Mon, 04 May 2026 09:15:00 +0200"
    mail["Message-ID"] = "<sb-0504@tundrella.example>"
    mail.set_content(
        "Dear partners,\n\nfrom serial 48-05000 the main board takes a button cell CR2477 instead of CR2032.\n"
        "The new cell lasts about six years. The delivery times are attached.\n\nKind regards\nYour support\n\n"
        "-- \nTundrella Kaeltetechnik\nPhone +49 0000 000000\n\n"
        "> When will the castors come?\n> Which cell does the main board take?\n"
    )
    rows = ["Description;Part no.;State;Days", *(";".join(row) for row in STOCK)]
    mail.add_attachment(
        "\r\n".join(rows).encode("utf-8-sig"),
        maintype="text",
        subtype="csv",
        filename="delivery.csv",
    )
    # A fixed boundary keeps the file the same each time.
    mail.set_boundary("=_tundrella_0504")
    return Made("mail-0504.eml", mail.as_bytes(), {}, 0)


if __name__ == "__main__":
    made = make_mail()
    Path(sys.argv[1] if len(sys.argv) > 1 else made.name).write_bytes(made.content)
