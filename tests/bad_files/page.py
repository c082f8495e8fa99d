"""The page the catalogue answers: each phrase of "Bad files", and the cases that are it.

Belongs here: that table alone. `test_page` holds it against the page and the catalogue.
"""

from __future__ import annotations

PHRASES: dict[str, tuple[str, ...]] = {
    "Zero bytes": ("zero_bytes",),
    "header only": ("header_only",),
    "cut mid-line, mid-character, inside quotes, at a line end": (
        "cut_mid_line", "cut_mid_character", "cut_inside_quotes", "cut_at_a_line_end",
    ),
    "xlsx cut": ("xlsx_cut",),
    "xpt cut at an 80-byte border": ("xpt_cut_at_a_border", "old_xpt_cut_at_a_border"),
    "growing without `.done`": ("growing_without_done", "vanishing"),
    "part 2 of 3 missing": ("part_2_of_3_missing", "whole_in_parts"),
    "UTF-8/BOM/cp1252/UTF-16 of the same data": ("utf_8", "utf_8_bom", "windows_1252", "utf_16"),
    "double-encoded æøå": (
        "double_encoded", "double_encoded_header", "double_encoded_in_text", "not_double_encoded",
    ),
    "decomposed å in headers and values": ("decomposed_in_headers", "decomposed_in_values"),
    "NBSP, zero-width and trailing blanks in headers and keys": (
        "blanks_in_headers", "blanks_in_keys",
    ),
    "trailing delimiter on data rows only": ("trailing_delimiter_on_data",),
    "one row too long, one too short": ("row_too_long", "row_too_short"),
    "quoted newlines, doubled quotes": ("quoted_newlines", "doubled_quotes"),
    "CRLF/LF/CR mixed": ("crlf_lf_cr_mixed",),
    "NUL and control characters": ("nul_bytes", "control_characters"),
    "duplicate columns": ("duplicate_column",),
    "new harmless column": ("new_harmless_column",),
    "new column that holds CPR numbers or names (minimisation: rejected)": (
        "new_column_of_cpr_numbers", "new_column_of_hyphenated_cpr_numbers", "new_column_named_cpr",
        "new_column_of_names",
    ),
    "renamed column (rejected, with the likely match)": ("renamed_column",),
    "reordered columns": ("reordered_columns",),
    "`1.234,50`, `1,234.50`, `1.234`, `1 234`, `1234,5-`, `(12)`, `1e3`": (
        "thousands_and_comma", "english_thousands", "point_in_a_comma_file", "ambiguous_point",
        "blank_thousands", "trailing_minus", "brackets", "exponent",
    ),
    "every date form, all days ≤ 12, `20250403`, Excel serial, 31-02, year 1025, `9999-12-31`, `1900-01-01`": (
        "date_iso", "date_hyphens", "date_points", "date_slashes", "date_cells", "all_days_up_to_12",
        "date_run_together", "date_excel_serial", "serial_without_a_date_format", "date_31_02",
        "date_year_1025", "date_9999_12_31", "date_1900_01_01",
    ),
    "to before from": ("to_before_from",),
    "overlapping spells": ("overlapping_spells",),
    "CPR of nine digits, numeric, `.0`, hyphen, blank, full-width digits, failing modulus 11, replacement "
    "number, impossible date, letters, all zeros, every century digit": (
        "cpr_nine_digits", "cpr_nine_digits_among_ten", "cpr_numeric", "cpr_float",
        "numeric_cpr_in_a_sheet", "cpr_point_zero", "cpr_hyphen", "cpr_inner_blank", "cpr_blank",
        "cpr_full_width", "cpr_modulus_11", "cpr_replacement", "replacement_numbers_only",
        "cpr_day_92", "cpr_impossible_date",
        "cpr_letters", "cpr_zeros", *(f"century_digit_{digit}" for digit in range(10)),
    ),
    "null keys on both sides of a join": ("null_key_in_the_register", "null_key_in_a_case_extract"),
    "duplicate rows, identical and conflicting": ("identical_rows", "conflicting_rows"),
    "unknown, retired and mistyped codes": (
        "unknown_code", "unknown_benefit_code", "retired_benefit_code", "mistyped_code",
        "mistyped_benefit_code", "code_spelled_otherwise",
    ),
    "`I alt` rows, footnotes, blank rows, repeated header": (
        "total_row", "total_row_in_a_sheet", "footnote", "footnote_unpadded",
        "footnotes_below_a_blank_row", "blank_rows", "rows_below_a_blank_row", "repeated_header",
        "repeated_header_in_a_sheet",
    ),
    "data on the second sheet, titles above the header, merged header, hidden rows, very hidden sheet": (
        "data_on_the_second_sheet", "sheet_named_as_the_source", "two_filled_sheets",
        "titles_above_the_header", "merged_header", "hidden_rows", "very_hidden_sheet",
    ),
    "formula without cached value, `#N/A`, external link": (
        "formula_without_a_value", "error_cell", "external_link",
    ),
    "numbers as text and text as numbers": (
        "numbers_as_text", "text_as_numbers", "numbers_as_text_in_a_sheet", "text_as_numbers_in_a_sheet",
    ),
    "1904 epoch": ("epoch_1904",),
    "phantom last row": ("phantom_last_row",),
    "row counts that equal a format's limit": ("rows_at_the_old_limit", "rows_beside_the_old_limit"),
    "xlsm, xlsb, ods, html named xls, csv named xlsx, password-protected": (
        "xlsm", "xlsm_named_xlsx", "xlsb", "xlsb_named_xlsx", "ods", "ods_named_xlsx", "html_named_xls",
        "csv_named_xlsx", "password_protected",
    ),
    "zip bomb, nested zip, 100,000 members, wrong CRC": (
        "zip_bomb", "gzip_bomb", "nested_zip", "gzip_in_gzip", "many_members", "wrong_crc",
    ),
    "billion laughs, external entity": ("billion_laughs", "external_entity"),
    "`=cmd|…`, `+…`, `-…`, `@…`, tab and CR first in labels and comments": (
        "formula_like_text", "formula_like_text_in_a_sheet", "formula_like_text_in_a_comment",
        "name_like_a_formula",
    ),
    "file names with `../`, absolute, 300 characters, newline, right-to-left override, leading `-`, a CPR": (
        "name_upwards", "member_upwards", "name_absolute", "member_absolute", "name_too_long",
        "name_with_a_newline", "name_right_to_left", "name_with_a_leading_hyphen", "name_with_a_cpr",
    ),
    "symlink, FIFO, directory named like a file": ("symlink", "fifo", "directory_named_like_a_file"),
    "wrong period, overlapping period, older file again": (
        "wrong_period", "overlapping_period", "older_file_again",
    ),
    "rows −60 %, +60 %, identical content under a new period": (
        "rows_minus_60_percent", "rows_plus_60_percent", "identical_under_a_new_period",
        "identical_rows_under_a_new_period",
    ),
    "another municipality's data": ("another_municipality", "mostly_another_municipality"),
    "40,000-character text": ("long_text",),
    "infinite and NaN numbers": ("infinite_text", "infinite_stored", "nan_text", "nan_stored"),
    "ten times the usual size": ("ten_times_the_usual_size",),
}  # fmt: skip
