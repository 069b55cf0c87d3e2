/** A form in which the clients of a service print its errors: without the body, but with all that the body says. */
export interface Form {
  pattern: RegExp;
  /** A second mark that the text must have where the form alone could be anybody's. */
  about?: RegExp;
  /** A mark that stands in for `about`. */
  or?: RegExp;
  /** A mark of others whose errors clients print in the same form. */
  without?: RegExp;
  /** The body that the service sends for such an error; null where the text says otherwise. */
  body: (said: string[], text: string) => object | null;
}
