// What we use of SEON's SDK 0.0.3. Its own declarations import each other without file extensions, which TypeScript does
// not follow in ES modules; this one also has the option that the sandbox rests on.
declare module '@seontechnologies/seon-orchestration' {
  export interface ColorScheme {
    baseTextOnLight?: string
    baseTextOnDark?: string
    baseAccent?: string
    baseOnAccent?: string
    logoUrl?: string
  }

  export interface ThemeConfiguration {
    light?: ColorScheme
    dark?: ColorScheme
    fontFamily?: string
    /** Google Fonts only. */
    fontUrl?: string
    fontWeight?: string
  }

  export interface FlowConfiguration {
    token: string
    language?: string
    theme?: ThemeConfiguration
    renderingMode: 'fullscreen' | 'inline' | 'popup'
    containerId?: string
    /** In no type and no document of SEON's: replaces the address of `regions.json` and the frame's host. */
    seon_test_iframe_url_override?: string
  }

  /** The frame's messages come through as they are: nothing is said about what an event carries. */
  export const SeonOrchestration: {
    start(configuration: FlowConfiguration): Promise<void>
    close(): void
    on(
      event: 'opened' | 'closed' | 'started' | 'completed' | 'cancelled' | 'error',
      listener: (sent: unknown) => void,
    ): unknown
  }
}
