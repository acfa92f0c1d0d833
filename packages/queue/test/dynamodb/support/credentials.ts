/** What an emulator takes. */
export const CREDENTIALS = { accessKeyId: "test", secretAccessKey: "test" };
export const REGION = "eu-west-1";
