const MOST_SIGNS = 140

/** The beginning of what somebody wrote, as one line of a list shows it. */
export const shorten = (text: string): string => (text.length > MOST_SIGNS ? `${text.slice(0, MOST_SIGNS - 1)}…` : text)
