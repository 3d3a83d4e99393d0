export { BASIS, CADENCES, LETTER_KINDS, LETTER_STATES, TRANSACTIONAL, type Cadence, type DigestGroup, type DigestLine, type Language, type LetterKind, type LetterParameters, type LetterState } from './letter.ts'
export { dmarcNames, domainOf, readDmarc, readSpf, type DmarcVerdict, type SpfVerdict } from './sender-domain.ts'
