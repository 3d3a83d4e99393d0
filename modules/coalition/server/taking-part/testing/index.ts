/** The form of a statement that is complete, open to organizations and people. */
export const PETITION = { title: 'Buses on Sundays', text: 'Half of us work on Sundays.', decisionMaker: 'Board of the transit authority', ask: 'Run line 4 on Sundays from July.', deadline: '2026-06-30', forOrganizations: true, forPeople: true }

/** The form of an organization's signature that is complete. */
export const SIGN_ON = { organization: 'Mill Street Tenants', kind: 'resident_group', authorizedBy: 'Ana Ruiz, chair', authority: 'Vote of the board on 20 February 2026', contact: 'ana@example.org', version: '1' }

/** The form of a person's signature that is complete. */
export const SIGNATURE = { name: 'Yolanda Prieto', contact: 'yolanda@example.org', zip: '', shown: true, version: '1', mailWording: '', language: 'es' as const }

/** The form of a call that is complete. */
export const CALL = { title: 'Water on Mill Street', happened: 'The river rose in the night.', place: 'Harbor Bend', needed: 'Beds for twenty families and people who drive.', everybody: true, bodies: [] }

/** The form of a need that is complete. */
export const NEED = { side: 'need', kind: 'shelter', text: 'A place for five people', place: '99003', name: 'Yolanda Prieto', contact: 'yolanda@example.org', language: 'es' as const, formKey: '' }

/** The form of an uptake that is complete but for what was taken over and the archived copy. */
export const UPTAKE = { adopter: 'Brightwater Planning Office', document: 'Comprehensive plan 2040', part: 'Page 14', quote: 'Tenants are given ninety days of notice.', adoptedOn: '2026-02-10', source: 'https://example.org/plan' }
