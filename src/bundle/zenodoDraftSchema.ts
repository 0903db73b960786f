const record = (required: readonly string[], properties: Record<string, object>): object => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
const list = (items: object): object => ({ type: 'array', minItems: 1, items });
const text = { type: 'string', minLength: 1 };
const title = { type: 'string', minLength: 3 };
const id = (pattern = '^[a-z0-9.+-]+$'): object => record(['id'], { id: { type: 'string', pattern } });

/** JSON Schema of the part of an InvenioRDM draft that we write; the server takes less, but refuses to publish it. */
export const ZENODO_DRAFT_SCHEMA = record(['access', 'files', 'metadata'], {
  access: record(['record', 'files'], { record: { const: 'public' }, files: { const: 'public' } }),
  files: record(['enabled'], { enabled: { const: true }, default_preview: text }),
  custom_fields: { type: 'object' },
  metadata: record(['resource_type', 'creators', 'title', 'publication_date', 'publisher', 'rights', 'description'], {
    resource_type: id(),
    title,
    publisher: text,
    publication_date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
    description: title,
    additional_descriptions: list(record(['description', 'type'], { description: title, type: id() })),
    creators: list(
      record(['person_or_org'], {
        person_or_org: record(['type', 'family_name'], {
          type: { const: 'personal' },
          family_name: text,
          given_name: text,
          identifiers: list(record(['scheme', 'identifier'], { scheme: { const: 'orcid' }, identifier: text })),
        }),
        role: id(),
        affiliations: { ...list(record(['name'], { name: text })), uniqueItems: true },
      }),
    ),
    subjects: list(record(['subject'], { subject: text })),
    rights: list(id()),
    dates: list(record(['date', 'type'], { date: text, type: id(), description: text })),
    related_identifiers: list(
      record(['identifier', 'scheme', 'relation_type'], {
        identifier: text,
        scheme: { enum: ['doi', 'url'] },
        relation_type: id(),
        resource_type: id(),
      }),
    ),
    funding: list(
      record(['funder'], {
        funder: record(['name'], { name: text }),
        award: record(['title', 'number'], { title: record(['en'], { en: text }), number: text }),
      }),
    ),
    sizes: list(text),
    formats: list(text),
  }),
});
