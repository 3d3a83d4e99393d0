/**
 * Sends a form in which somebody chose before the page's script was there: on a slow connection the choice would otherwise be shown and
 * not applied. Attach it to forms whose lists apply at once; they need `autocomplete="off"`, or a browser's memory counts as a choice.
 */
export function sendEarlyChoice(form: HTMLFormElement): void {
	const chosen = [...form.querySelectorAll('select')].some((list) => list.selectedIndex !== Math.max(0, [...list.options].findIndex((option) => option.defaultSelected)))
	if (chosen) form.requestSubmit()
}

const hydrated = new WeakSet<HTMLInputElement>()

/**
 * Shows what the address says once the address changes, and until then what somebody typed before the page's script was there. Attach it to a
 * text field whose `defaultValue` is the same text.
 */
export const followAddress = (text: string) => (field: HTMLInputElement): void => {
	if (hydrated.has(field)) field.value = text
	hydrated.add(field)
}

/**
 * What somebody typed or ticked before the page's script was there. Call it before the page is hydrated, which sets every field to what the server
 * sent; the function it gives puts back what was typed and tells those who listen.
 */
export function keepEarlyTyping(): () => void {
	const fields = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input:not([type=hidden]), textarea')]
	const ticks = fields.filter((field) => field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type) && field.checked !== field.defaultChecked) as HTMLInputElement[]
	const typed = fields.filter((field) => field.type !== 'file' && field.value !== field.defaultValue).map((field) => ({ field, text: field.value }))
	const ticked = ticks.map((field) => ({ field, checked: field.checked }))
	return () => {
		for (const { field, text } of typed) if (field.value !== text) tell(field, () => (field.value = text))
		for (const { field, checked } of ticked) if (field.checked !== checked) tell(field, () => (field.checked = checked))
	}
}

function tell(field: HTMLElement, change: () => void): void {
	change()
	for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }))
}
