/** What the server is doing. */
export const operator = {
};
