/** Signing in and out. */
export const session = {
};
