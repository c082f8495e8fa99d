"""What leaves: the committee's workbook, the tidy table, the published set, the gate and the
ledger.
"""
