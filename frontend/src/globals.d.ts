interface TrustedTypePolicyFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL: (asked: string) => string },
  ): { createScriptURL(asked: string): unknown }
}

interface Window {
  trustedTypes?: TrustedTypePolicyFactory
}
