"""Words of a text: folding, stems, compounds, spelling, language."""
