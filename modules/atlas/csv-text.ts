/** CSV text (RFC 4180), with a leading apostrophe where a spreadsheet would take a text for a formula; negative numbers stay numbers. */
export function csvText(rows: readonly (readonly string[])[]): string {
	return rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n'
}

function cell(text: string): string {
	const safe = /^[=+@\t\r]|^-(?!\d|\.\d)/.test(text) ? `'${text}` : text
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
