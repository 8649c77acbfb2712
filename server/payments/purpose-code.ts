/**
 * Four capitals: the QR code takes nothing else (structure of the code, field 12). The list itself is the banks', and
 * grows; contract/schemas/purpose-code.ts has what is usual on housing bills.
 */
export const isPurposeCode = (code: string): boolean => /^[A-Z]{4}$/.test(code);
