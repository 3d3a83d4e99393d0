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
