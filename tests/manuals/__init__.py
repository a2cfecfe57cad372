"""The acceptance test of document intake: real-looking files of an invented maker, and questions.

The maker is Tundrella, soft-serve ice-cream machines TD-22 and TD-48. Scripts `make_*` write the
files and say on which page each thing stands; `questions` asks about them; `report` shows what
was found.
"""
