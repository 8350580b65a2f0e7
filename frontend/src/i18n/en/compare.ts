/** Two replies side by side. */
export const compare = {
};
