//! Files to parsed input: eForms notices and CSV. Reads bytes, answers domain values; knows no
//! database and stores nothing.
