//! What a terminal can ask for.

/// The commands the platform answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u16)]
pub enum Command {
    Login = 843,
    Features = 845,
    Attendance = 848,
    Whitelist = 849,
    Collected = 852,
    Heartbeat = 65535,
}

impl Command {
    pub const ALL: [Self; 6] =
        [Self::Login, Self::Features, Self::Attendance, Self::Whitelist, Self::Collected, Self::Heartbeat];

    pub fn number(self) -> u16 {
        self as u16
    }

    pub fn from_number(number: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|command| command.number() == number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_found_by_its_number_and_no_other_is() {
        for command in Command::ALL {
            assert_eq!(Command::from_number(command.number()), Some(command));
        }
        for number in [0, 842, 844, 846, 850, 851, 65534] {
            assert_eq!(Command::from_number(number), None, "{number}");
        }
    }
}
