/** Models, parameters, and how the page looks. */
export const settings = {
};
