/** The sign-in that leads back to this face. */
export const signInAddress = (): string => `/login?next=${encodeURIComponent(location.pathname)}`;
