const CLASSES = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/]

/** The server's policy, said before the form is sent. Common passwords only the server knows. */
export function passwordProblem(password: string, login: string): string | undefined {
  const classes = CLASSES.filter((pattern) => pattern.test(password)).length
  if (login !== '' && password.toLowerCase().includes(login.toLowerCase())) return '密码中不能包含账号'
  if (password.length >= 12) return undefined
  if (password.length < 10) return '密码太短：至少 10 位'
  return classes >= 3 ? undefined : '10、11 位的密码须包含大写字母、小写字母、数字、符号中的三种'
}
