export const OWN_RIGHTS = ['', 'all of the user'] as const;

/** What a new key has when nothing is chosen stands in the server's settings. */
export const RATE_PLANS = [
  ['', 'the server’s own'],
  ['free', 'Free'],
  ['professional', 'Professional'],
  ['enterprise', 'Enterprise'],
] as const;

export const PREFIXES = [
  ['', 'dlx_sk_v1_'],
  ['sk_live_', 'sk_live_'],
  ['dl_sk_v1_', 'dl_sk_v1_'],
] as const;
