/** What the vendors and our server share. `POST /control/secrets` replaces one, as a rotation at the vendor would. */
export interface SandboxSecrets {
  /** Signs `SEON-Signature`. */
  seon: string
  /** Signs `Digest` of SEON Fraud and of the older IDV form. */
  fraudLicenseKey: string
  /** What Incode shows at our token endpoint. */
  incodeClientId: string
  incodeClientSecret: string
  /** What Incode's own API asks for; without them it lets everybody in. */
  incodeApiKey?: string
  incodeApiToken?: string
}
