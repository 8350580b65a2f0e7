/** What of the conversation goes to the model. */
export const window = {
};
