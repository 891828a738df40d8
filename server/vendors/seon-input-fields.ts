import { isIP } from 'node:net'
import { z } from 'zod'

// Every field of the input table in SEON's SDK readme (§1.6.5), with the formats that it gives (§1.6.3).
// Where it gives none, a field is a line of text.

export interface InputField {
  /** SEON's name. */
  name: string
  /** Reads and normalises a value. */
  schema: z.ZodType
  /** Live, only a user token may carry it: whoever could set it freely could steer the checks or foul the account's data. */
  tokenOnly: boolean
}

/** As long as a line of text in a database commonly is; SEON names no limit for most fields. */
const MAX_TEXT = 255

/** No control characters, no half of a surrogate pair. */
const isClean = (text: string) => text.isWellFormed() && !/\p{Cc}/u.test(text)

const text = (max = MAX_TEXT) => z.string().min(1).max(max).refine(isClean)
const pattern = (form: RegExp) => z.string().min(1).max(MAX_TEXT).regex(form)

/** Only the shape: whether an address exists is SEON's to say. 254 characters is SMTP's limit (RFC 5321 §4.5.3.1.3). */
const email = text(254).regex(/^[^\s@]+@[^\s@]+$/)
/** Digits with country code, at most 19; people write `+`, spaces and dashes between. */
const phone = z
  .string()
  .min(1)
  .max(MAX_TEXT)
  .transform((written) => written.replaceAll(/[+\s\p{Pd}]/gu, ''))
  .pipe(z.string().max(19).regex(/^\d+$/))
const day = z.iso.date()
/** ISO 3166-1 alpha-2. */
const country = pattern(/^[A-Za-z]{2}$/).toUpperCase()
/** "ISO 3166-2 two-char region code" */
const region = pattern(/^[A-Za-z0-9]{2}$/).toUpperCase()
const elevenDigits = pattern(/^\d{11}$/)

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])
const scalars = z.union([scalar, z.array(scalar)])
/** SEON describes neither further; two levels hold every item of its Fraud API, and no recursion can overflow. */
const customFields = z.record(z.string().min(1).max(MAX_TEXT), scalars)
const items = z.array(z.record(z.string(), z.union([scalars, customFields])))

const FROM_PAGE: Readonly<Record<string, z.ZodType>> = {
  user_id: text(),
  email,
  phone_number: phone,
  user_fullname: text(),
  user_firstname: text(),
  user_middlename: text(),
  user_lastname: text(),
  user_dob: day,
  user_pob: text(),
  user_photoid_number: text(),
  user_country: country,
  user_city: text(),
  user_region: region,
  user_zip: text(),
  user_street: text(),
  user_street2: text(),
  user_address: text(1000),
  user_gender: text(),
  nin: elevenDigits,
  bvn: elevenDigits,
  cpf: pattern(/^\d{3}\.\d{3}\.\d{3}-\d{2}$/),
  curp: pattern(/^[A-Za-z0-9]{18}$/).toUpperCase(),
  ssn: pattern(/^\d{3}-\d{2}-\d{4}$/),
  aadhaar: pattern(/^\d{12}$/),
  shipping_country: country,
  shipping_city: text(),
  shipping_region: text(),
  shipping_zip: text(),
  shipping_street: text(),
  shipping_street2: text(),
  shipping_phone: phone,
  shipping_fullname: text(),
  shipping_method: text(),
  billing_country: country,
  billing_city: text(),
  billing_region: text(),
  billing_zip: text(),
  billing_street: text(),
  billing_street2: text(),
  billing_phone: phone,
}

const FROM_TOKEN: Readonly<Record<string, z.ZodType>> = {
  /** Unix time in seconds. */
  user_created: z.int().nonnegative(),
  ip: text().refine((address) => isIP(address) !== 0),
  /** A device fingerprint: opaque and long; the body's limit bounds it. */
  session: text(60_000),
  device_id: text(),
  /** A URL or an earlier session's id. */
  reference_image: text(2048),
  transaction_id: text(),
  transaction_type: text(),
  transaction_amount: z.number(),
  /** ISO 4217. */
  transaction_currency: pattern(/^[A-Za-z]{3}$/).toUpperCase(),
  payment_id: text(100),
  payment_mode: text(),
  payment_provider: text(),
  card_bin: pattern(/^\d{4,9}$/),
  card_last: pattern(/^\d{4}$/),
  card_fullname: text(),
  custom_fields: customFields,
  items,
}

const camelCase = (name: string) => name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

const named = (schemas: Readonly<Record<string, z.ZodType>>, tokenOnly: boolean): InputField[] =>
  Object.entries(schemas).map(([name, schema]) => ({ name, schema, tokenOnly }))

/** Every field under both its names, SEON's `user_id` and ours `userId`. */
export const INPUT_FIELDS: ReadonlyMap<string, InputField> = new Map(
  [...named(FROM_PAGE, false), ...named(FROM_TOKEN, true)].flatMap((field) => [
    [field.name, field],
    [camelCase(field.name), field],
  ]),
)
