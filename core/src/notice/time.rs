//! Dates and times in the form of the place. The three places share UTC+8, all year.

use chop_model::UnixTime;
use jiff::civil::DateTime;
use jiff::tz::{TimeZone, offset};

use super::words::{NoticeError, Words};

/// `today 18:00`, `tomorrow 09:00`, or the full date with its time.
pub(super) fn moment(words: &Words, at: UnixTime, now: UnixTime) -> Result<String, NoticeError> {
    let (at, now) = (local(at)?, local(now)?);
    let time = format!("{:02}:{:02}", at.hour(), at.minute());
    if at.date() == now.date() {
        return words.say_with("when-today", &[("time", time.as_str().into())]);
    }
    if now.date().tomorrow().is_ok_and(|tomorrow| tomorrow == at.date()) {
        return words.say_with("when-tomorrow", &[("time", time.as_str().into())]);
    }
    let date = civil_date(words, at)?;
    words.say_with("when", &[("date", date.as_str().into()), ("time", time.as_str().into())])
}

/// The date with its time, also on the day itself: for a letter, which is read on another.
pub(crate) fn written(words: &Words, at: UnixTime) -> Result<String, NoticeError> {
    let at = local(at)?;
    let (date, time) = (civil_date(words, at)?, format!("{:02}:{:02}", at.hour(), at.minute()));
    words.say_with("when", &[("date", date.as_str().into()), ("time", time.as_str().into())])
}

/// The day alone.
pub(super) fn day(words: &Words, at: UnixTime) -> Result<String, NoticeError> {
    civil_date(words, local(at)?)
}

/// How long, to the second: in the largest of minutes, hours and days that says it without a rest, and the
/// seconds that are left over. Rounded, it would claim less or more than what ends.
pub(super) fn span(words: &Words, seconds: i64) -> Result<String, NoticeError> {
    let rest = seconds % 60;
    if rest == 0 {
        return even_span(words, seconds);
    }
    let rest_said = words.say_with("span-seconds", &[("count", rest.into())])?;
    if seconds == rest {
        return Ok(rest_said);
    }
    let most = even_span(words, seconds - rest)?;
    words.say_with("span-and-rest", &[("most", most.as_str().into()), ("rest", rest_said.as_str().into())])
}

/// Whole minutes.
fn even_span(words: &Words, seconds: i64) -> Result<String, NoticeError> {
    let (key, unit) = match seconds {
        seconds if seconds % 86_400 == 0 => ("span-days", 86_400),
        seconds if seconds % 3_600 == 0 => ("span-hours", 3_600),
        _ => ("span-minutes", 60),
    };
    words.say_with(key, &[("count", (seconds / unit).into())])
}

fn civil_date(words: &Words, at: DateTime) -> Result<String, NoticeError> {
    let name = words.say(&format!("month-{}", at.month()))?;
    let (year, day) = (at.year().to_string(), at.day().to_string());
    let args = [("year", year.as_str().into()), ("name", name.as_str().into()), ("day", day.as_str().into())];
    words.say_with("date", &args)
}

fn local(at: UnixTime) -> Result<DateTime, NoticeError> {
    let instant = jiff::Timestamp::from_second(at.0).map_err(|_| NoticeError::NoSuchTime)?;
    Ok(instant.to_zoned(TimeZone::fixed(offset(8))).datetime())
}

#[cfg(test)]
mod tests {
    use chop_model::Lang;

    use super::*;

    #[test]
    fn each_language_writes_a_date_in_its_own_form() {
        // 2026-01-15T18:00:00+08:00, seen on that day, the day before and much earlier.
        let at = UnixTime(1_768_471_200);
        let cases = [
            (Lang::ZhHans, "今天 18:00", "明天 18:00", "2026年1月15日 18:00"),
            (Lang::ZhHant, "今天 18:00", "明天 18:00", "2026年1月15日 18:00"),
            (Lang::En, "today at 18:00", "tomorrow at 18:00", "15 January 2026 at 18:00"),
            (Lang::Pt, "hoje às 18:00", "amanhã às 18:00", "15 de Janeiro de 2026 às 18:00"),
        ];
        for (lang, today, tomorrow, else_when) in cases {
            let words = Words::of(lang).unwrap();
            assert_eq!(moment(&words, at, at.plus(-3600)).unwrap(), today);
            assert_eq!(moment(&words, at, at.plus(-86_400)).unwrap(), tomorrow);
            assert_eq!(moment(&words, at, at.plus(-200_000)).unwrap(), else_when);
        }
        assert_eq!(day(&Words::of(Lang::En).unwrap(), at).unwrap(), "15 January 2026");
        assert!(day(&Words::of(Lang::En).unwrap(), UnixTime(i64::MAX)).is_err());
    }

    #[test]
    fn a_span_is_said_to_the_second() {
        let said = |lang, seconds| span(&Words::of(lang).unwrap(), seconds).unwrap();
        for (seconds, expected) in [
            (59, "59 seconds"),
            (60, "1 minute"),
            (659, "10 minutes 59 seconds"),
            (3_601, "1 hour 1 second"),
            (5_400, "90 minutes"),
            (7_200, "2 hours"),
            (86_400, "1 day"),
            (86_461, "1441 minutes 1 second"),
        ] {
            assert_eq!(said(Lang::En, seconds), expected);
        }
        assert_eq!(said(Lang::ZhHans, 659), "10 分钟 59 秒");
        assert_eq!(said(Lang::ZhHant, 659), "10 分鐘 59 秒");
        assert_eq!(said(Lang::Pt, 659), "10 minutos e 59 segundos");
        assert_eq!(said(Lang::Pt, 3_601), "1 hora e 1 segundo");
    }
}
