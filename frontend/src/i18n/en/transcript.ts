/** What was said, and what can be done with it. */
export const transcript = {
};
