use clap::Subcommand;

use crate::{
    platform::{
        App, StartError,
        auth::{
            accounts::IssuedAccount,
            operator::{self, Authority},
        },
        types::{Login, RegionCode, Text},
    },
    registry::regions,
};

#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Makes an account and prints its first password: the first one of an installation.
    Create {
        /// An administrator of the whole platform.
        #[arg(long, conflicts_with = "region", required_unless_present = "region")]
        admin: bool,
        /// A regulator of a region and all below it, by its GB/T 2260 code: 440700.
        #[arg(long, value_name = "CODE")]
        region: Option<RegionCode>,
        /// What lists and the audit call it; without, the region's name says whose it is.
        #[arg(long)]
        name: Option<Text<1, 50>>,
        /// 4 to 32 letters, digits, - _ .
        login: Login,
    },
    /// Prints a new first password for an account, logs it out in every browser and takes it back into use.
    Reset { login: Login },
}

impl AccountCommand {
    pub async fn run(self, app: &App) -> Result<(), StartError> {
        let issued = match self {
            Self::Create { admin: _, region, name, login } => {
                if let Some(code) = &region {
                    regions::known(code, "region").map_err(StartError::new)?;
                }
                let authority = region.map_or(Authority::Admin, Authority::Regulator);
                let name = name.map_or_else(|| name_of(&authority), Text::into_string);
                operator::create(app, login, name, authority).await
            }
            Self::Reset { login } => operator::reset(app, &login).await,
        };
        hand_over(&issued.map_err(StartError::new)?);
        Ok(())
    }
}

fn name_of(authority: &Authority) -> String {
    match authority {
        Authority::Admin => "平台管理员".to_owned(),
        Authority::Regulator(code) => format!("{}监管", regions::full_name(code.as_str())),
    }
}

/// On standard output, where logs do not go: the one place the password is ever shown.
fn hand_over(issued: &IssuedAccount) {
    let IssuedAccount { id: _, login, first_password } = issued;
    println!("account         {login}");
    println!("first password  {first_password}");
    println!("It is shown this once, and must be changed at the first login.");
}
