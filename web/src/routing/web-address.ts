/** Whether a browser opens the address as a page. Anything else, such as a script, must not become a link. */
export const isWebAddress = (address: string): boolean => /^https?:\/\//i.test(address);
