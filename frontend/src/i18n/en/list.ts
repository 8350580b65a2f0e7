/** The list of conversations: search, sharing, export and import. */
export const list = {
};
