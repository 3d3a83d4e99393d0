import { sql, type Kysely } from 'kysely'

/** Accounts. The tables `user` to `rateLimit` are better-auth's, whose library reads and writes them under these names. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
	`create schema people`,
	`create table people."user" (
		id text primary key,
		name text not null,
		email text not null unique check (email = lower(email)),
		"emailVerified" boolean not null default false,
		image text,
		role text not null default 'member' check (role in ('member', 'administrator')),
		demonstration boolean not null default false,
		"createdAt" timestamptz not null default now(),
		"updatedAt" timestamptz not null default now()
	)`,
	`create table people.session (
		id text primary key,
		"userId" text not null references people."user" (id) on delete cascade,
		token text not null unique,
		"expiresAt" timestamptz not null,
		"ipAddress" text,
		"userAgent" text,
		"createdAt" timestamptz not null default now(),
		"updatedAt" timestamptz not null default now()
	)`,
	`create index session_by_user on people.session ("userId")`,
	`create table people.account (
		id text primary key,
		"userId" text not null references people."user" (id) on delete cascade,
		"accountId" text not null,
		"providerId" text not null,
		"accessToken" text,
		"refreshToken" text,
		"idToken" text,
		"accessTokenExpiresAt" timestamptz,
		"refreshTokenExpiresAt" timestamptz,
		scope text,
		password text,
		"createdAt" timestamptz not null default now(),
		"updatedAt" timestamptz not null default now(),
		unique ("providerId", "accountId")
	)`,
	`create index account_by_user on people.account ("userId")`,
	`create table people.verification (
		id text primary key,
		identifier text not null,
		value text not null,
		"expiresAt" timestamptz not null,
		"createdAt" timestamptz not null default now(),
		"updatedAt" timestamptz not null default now()
	)`,
	`create index verification_identifier on people.verification (identifier)`,
	`create table people.passkey (
		id text primary key,
		"userId" text not null references people."user" (id) on delete cascade,
		name text,
		"publicKey" text not null,
		"credentialID" text not null unique,
		counter int not null,
		"deviceType" text not null,
		"backedUp" boolean not null,
		transports text,
		aaguid text,
		"createdAt" timestamptz
	)`,
	`create index passkey_by_user on people.passkey ("userId")`,
	`create table people."rateLimit" (
		id text primary key,
		key text not null unique,
		count int not null,
		"lastRequest" bigint not null
	)`,
	// Failed sign-ins of one address; the key is a keyed hash, so the table names nobody.
	`create table people.failed_sign_in (
		key bytea primary key,
		first_at timestamptz not null,
		count int not null
	)`,
	`create table people.administrator_link (
		token_hash bytea primary key check (length(token_hash) = 32),
		made_at timestamptz not null,
		expires_at timestamptz not null,
		used_at timestamptz
	)`,
	// Mail that waits to be sent; what its words are is the sender's business.
	`create table people.outgoing_mail (
		id bigint generated always as identity primary key,
		kind text not null,
		recipient text not null,
		parameters jsonb not null,
		made_at timestamptz not null,
		sent_at timestamptz
	)`,
]
