/** Banks that wages are paid into, by how often; another one may be typed in the console. */
export const BANKS = [
  '中国农业银行', '中国工商银行', '中国建设银行', '中国银行', '中国邮政储蓄银行', '交通银行', '农村商业银行', '农村信用社', '招商银行', '中信银行',
  '中国光大银行', '华夏银行', '中国民生银行', '广发银行', '平安银行', '兴业银行', '浦发银行', '村镇银行', '城市商业银行',
].map((name) => ({ code: name, name }))
