"""A whole mapping to begin with; the tests read it, and the demo uses it."""

EXAMPLE = """\
version: 1
pace:
  page_size: 100
  requests_per_minute: 120
objects:
  customers:
    rest: {path: /accounts, items: items, next: next_cursor}
    match:
      - {ours: number, theirs: account_no}
    fields:
      - {ours: number, theirs: account_no, owner: ours}
      - {ours: name, theirs: name, transforms: [one_line]}
      - {ours: country, theirs: country, transforms: [upper], owner: theirs}
      - {ours: city, theirs: address.city, transforms: [trim]}
      - {ours: address, theirs: address.street, transforms: [one_line], owner: theirs}
      - ours: tier
        theirs: rank
        owner: newest
        values: {A: key, B: standard}
  contacts:
    rest: {path: /people}
    match:
      - {ours: email, theirs: email}
    fields:
      - {ours: customer, theirs: account_id, owner: theirs}
      - {ours: name, theirs: full_name, transforms: [one_line]}
      - {ours: email, theirs: email, transforms: [trim, lower], owner: newest}
      - {ours: phone, theirs: phone, transforms: [phone], owner: newest}
  assets:
    rest: {path: /machines}
    match:
      - {ours: serial, theirs: serial_no}
    fields:
      - {ours: serial, theirs: serial_no, owner: ours}
      - {ours: model, theirs: type, owner: ours}
      - {ours: customer, theirs: account_id, owner: theirs}
      - {ours: site, theirs: location, transforms: [one_line], owner: newest}
      - {ours: warranty_until, theirs: warranty_end, transforms: [date], owner: ours}
      - {ours: status, theirs: status, direction: out}
  tickets:
    rest: {path: /cases}
    create: out
    match:
      - {ours: number, theirs: reference}
    fields:
      - {ours: number, theirs: reference, direction: out}
      - {ours: title, theirs: subject, direction: out}
      - {ours: state, theirs: status, direction: out}
      - ours: priority
        theirs: urgency
        owner: ours
        values: {"1": critical, "2": high, "3": normal, "4": low}
      - {ours: customer, theirs: account_id, direction: out}
      - {ours: serial, theirs: serial_no, direction: out}
"""
