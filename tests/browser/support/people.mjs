// Made-up people with valid ID numbers of a region that does not exist.
const surnames = "王李张刘陈杨黄赵吴周";
const given = ["建国", "志强", "永军", "小海", "春林", "文武", "德平", "仁", "安·买买提", "大龙"];
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

export function idNumber(n, birth = "19900101") {
  const digits = `999${String(n % 1000).padStart(3, "0")}${birth}${String((Math.floor(n / 1000) * 2 + 1) % 1000).padStart(3, "0")}`;
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return digits + "10X98765432"[sum % 11];
}

// A 91-code with the check character of GB 32100.
export function creditCode(n) {
  const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  const organisation = organisationCode(n);
  const body = `91999999${organisation}`;
  const sum = [...body].reduce((total, letter, at) => total + alphabet.indexOf(letter) * (3 ** at % 31), 0);
  return body + alphabet[(31 - (sum % 31)) % 31];
}

function organisationCode(n) {
  const body = `MA${String(n).padStart(6, "0")}`;
  const value = (letter) => (/\d/.test(letter) ? Number(letter) : letter.charCodeAt(0) - 55);
  const sum = [...body].reduce((total, letter, at) => total + value(letter) * [3, 7, 9, 10, 5, 8, 4, 2][at], 0);
  const check = 11 - (sum % 11);
  return body + (check === 10 ? "X" : check === 11 ? "0" : String(check));
}

export function people(count, from = 0) {
  return Array.from({ length: count }, (_, at) => {
    const n = from + at;
    return {
      name: surnames[n % surnames.length] + given[Math.floor(n / surnames.length) % given.length],
      idNumber: idNumber(n),
      phone: `154${String(10_000_000 + n)}`,
    };
  });
}
