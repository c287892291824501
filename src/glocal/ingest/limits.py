"""How much of anything a foreign file may hold; all chosen, none measured."""

HEAD_BYTES = 65_536  # what recognition looks at
MAX_FILE_BYTES = 4 * 1024**3
MAX_UNPACKED_BYTES = 8 * 1024**3
MAX_UNPACK_RATIO = 200  # text rarely compresses more than 30-fold; bombs 1,000-fold
MIN_BOMB_BYTES = 10 * 1024**2  # small files may compress as well as they like
MAX_LINE_CHARACTERS = 1_000_000
MAX_FIELD_CHARACTERS = 200_000
MAX_COLUMNS = 2_000
LONGEST_HEADING = 200
MAX_ELEMENT_CHARACTERS = 16_000_000  # of one JSON element
MAX_SCRIPT_CHARACTERS = 32_000_000  # of a script with data in it
MAX_KEYS = 2_000  # of one flattened element
MAX_FLATTEN_DEPTH = 6
MAX_SHEET_BYTES = 2 * 1024**3  # one sheet of a workbook, unpacked
MAX_STRINGS_BYTES = 64 * 1024**2  # the strings of a workbook are held in memory while it is read

MAX_NAME = 300
MAX_DESCRIPTION = 20_000
MAX_SHORT = 300  # street, town, legal form, identifiers
MAX_TOPICS = 60
MAX_TOPIC = 120
MAX_SITES = 200
SHOWN_VALUE = 80  # characters of a value quoted in a problem
