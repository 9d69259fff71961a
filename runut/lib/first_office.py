"""How an empty installation gets its first office: told on the terminal, on the open pages and in the README."""

# Word by word with its option, so that a narrow page does not break inside.
WORDS = (
    "create-office", '--government "Kabupaten Contoh"', "--government-code KC", '--name "Kecamatan Contoh"',
    "--code 7.01.0.00.0.00.01.0000", "--kind kecamatan", "--admin-nip NIP", '--admin-name "Nama"',
)  # fmt: skip
CREATE_OFFICE = " ".join(WORDS)
# On the answer of /healthz as long as nobody can sign in: the process that supervises asks no database.
HEADER = "X-Runut-Empty"
