//! What people also send: cards that are no ID cards.

use image::RgbaImage;

use crate::canvas::{Canvas, HEIGHT, Style, WIDTH};
use crate::{Fonts, Person, Random};

const WHITE: [u8; 3] = [245, 246, 248];
const INK: [u8; 3] = [40, 40, 46];

/// Of a bank that does not exist; its sixteen digits are of an issuer that does not exist either.
pub fn bank_card(fonts: &Fonts, seed: u64) -> RgbaImage {
    let mut random = Random::new(seed, "bank");
    let colour = random.pick(&[[30, 70, 140], [150, 30, 40], [24, 110, 90], [60, 60, 70]]);
    let mut canvas = Canvas::new(colour);
    canvas.paint([0.0, 0.0, WIDTH, HEIGHT], |x, y| {
        (WHITE, 0.12 * (1.0 - ((x - 800.0).hypot(y - 100.0) / 900.0).min(1.0)))
    });
    canvas.text(fonts.bold(), 54.0, (70.0, 90.0), "海角商业银行", Style::new(WHITE).spaced(4.0));
    canvas.text(fonts.body(0), 30.0, (720.0, 90.0), "借记卡 DEBIT", Style::new(WHITE));
    canvas.rect([80.0, 190.0, 210.0, 290.0], [214, 184, 110]);
    let digits: Vec<String> = (0..3).map(|_| format!("{:04}", random.int(0, 10_000))).collect();
    canvas.text(fonts.digits(), 58.0, (80.0, 380.0), &format!("9999 {}", digits.join(" ")), Style::new(WHITE));
    canvas.text(fonts.digits(), 34.0, (330.0, 470.0), "VALID THRU 09/31", Style::new(WHITE));
    canvas.text(fonts.body(0), 34.0, (80.0, 550.0), "ATM  UnionPass 银联网络", Style::new(WHITE));
    canvas.finish()
}

/// Says 姓名 性别 出生日期 住址 too, and has a number that looks like an ID number, but is no ID card.
pub fn driving_licence(fonts: &Fonts, seed: u64) -> RgbaImage {
    let person = Person::from_seed(seed);
    let mut canvas = Canvas::new([232, 238, 234]);
    let body = fonts.body(0);
    let style = Style::new(INK);
    canvas.text(fonts.bold(), 46.0, (190.0, 60.0), "中华人民共和国机动车驾驶证", style);
    canvas.text(body, 24.0, (270.0, 108.0), "Driving License of the People's Republic of China", style);
    canvas.text(body, 28.0, (60.0, 160.0), "证号", style);
    canvas.text(fonts.digits(), 40.0, (240.0, 160.0), &person.id_number, style);
    let rows = [
        ("姓名", person.name.clone()),
        ("性别", format!("{}        国籍  中国", person.sex())),
        ("住址", person.address.clone()),
    ];
    for ((label, value), y) in rows.iter().zip([220.0, 280.0, 340.0]) {
        canvas.text(body, 28.0, (60.0, y), label, style);
        canvas.text(body, 32.0, (180.0, y), value, style);
    }
    let dates =
        [("出生日期", person.birth.iso()), ("初次领证日期", person.valid_from.iso()), ("准驾车型", "C1".to_owned())];
    for ((label, value), y) in dates.iter().zip([410.0, 470.0, 530.0]) {
        canvas.text(body, 28.0, (300.0, y), label, style);
        canvas.text(body, 32.0, (500.0, y), value, style);
    }
    canvas.text(body, 28.0, (60.0, 590.0), &format!("有效期限  {} 至 长期", person.valid_from.iso()), style);
    canvas.rect([60.0, 400.0, 260.0, 560.0], [200, 90, 86]);
    canvas.rect([66.0, 406.0, 254.0, 554.0], [232, 238, 234]);
    canvas.rect([740.0, 390.0, 930.0, 600.0], [150, 164, 190]);
    canvas.ellipse((835.0, 480.0), (52.0, 66.0), [222, 182, 158]);
    canvas.finish()
}
