/** Shortest password that is accepted; 15 characters or more are advised. No rules about kinds of characters (NIST SP 800-63B). */
export const SHORTEST_PASSWORD = 8
export const ADVISED_PASSWORD = 15
export const LONGEST_PASSWORD = 128

/** Frequent passwords of eight characters or more, in lower case, from published lists of breached ones. */
const COMMON = new Set(
	`password password1 password12 password123 password1234 passw0rd p@ssw0rd p@ssword 12345678 123456789 1234567890 12345678910 123123123
	87654321 987654321 0987654321 11111111 00000000 88888888 99999999 12341234 11223344 112233445566 123456789a a123456789 1q2w3e4r 1q2w3e4r5t
	1qaz2wsx 1qazxsw2 qwertyui qwertyuiop qwerty123 qwerty1234 qwerty12345 qwerty12 asdfghjk asdfghjkl zxcvbnm1 zaq12wsx q1w2e3r4 q1w2e3r4t5
	abcd1234 abc12345 abcdefgh abcdefg1 aa123456 iloveyou iloveyou1 iloveyou2 sunshine sunshine1 princess princess1 football football1 baseball
	baseball1 basketball superman superman1 starwars trustno1 welcome1 welcome123 letmein1 letmein123 admin123 admin1234 administrator
	changeme changeme123 default1 computer internet whatever michelle jennifer jonathan victoria samantha elizabeth alexander charlotte
	jessica1 michael1 charlie1 jordan23 liverpool arsenal1 chelsea1 mustang1 corvette mercedes butterfly chocolate cocacola spiderman
	pokemon1 minecraft dragon123 monkey123 shadow123 master123 hello123 hello1234 test1234 testtest test12345 secret123 asdf1234 asdfasdf
	contraseña contrasena contrasena1 hola1234 teamo123 teamomucho estrella tequiero mariposa barcelona realmadrid futbol123 america1
	atlanta1 georgia1 braves123 falcons1 throughline spring2024 summer2024 winter2024 autumn2024 spring2025 summer2025 winter2025 spring2026
	summer2026 winter2026 qazwsxedc 1234qwer qwer1234 poiuytrewq lovelove loveyou1 fuckyou1 blink182 babygirl babygirl1 nicole123`.split(/\s+/),
)

export interface PasswordReason {
	code: 'password_too_short' | 'password_too_long' | 'password_common' | 'password_personal'
	parameters: Record<string, string | number>
}

/** Why a password is not accepted, or undefined when it is. `about`: the person's own name and address, which it must not be. */
export function findPasswordFault(password: string, about: readonly string[] = []): PasswordReason | undefined {
	const length = [...password].length
	if (length < SHORTEST_PASSWORD) return { code: 'password_too_short', parameters: { shortest: SHORTEST_PASSWORD, advised: ADVISED_PASSWORD } }
	if (length > LONGEST_PASSWORD) return { code: 'password_too_long', parameters: { longest: LONGEST_PASSWORD } }
	const plain = password.toLowerCase()
	if (COMMON.has(plain) || new Set(plain).size < 3) return { code: 'password_common', parameters: {} }
	const own = about.flatMap((text) => [text, ...text.split('@')]).map((text) => text.toLowerCase().trim())
	if (own.includes(plain)) return { code: 'password_personal', parameters: {} }
	return undefined
}
