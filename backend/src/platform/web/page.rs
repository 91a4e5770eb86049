use actix_web::{FromRequest, HttpRequest, dev::Payload};
use sea_orm::{ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QuerySelect, Select};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Error, Result, extract::parse_query};

const LARGEST: u64 = 200;

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub total: u64,
    pub page: u64,
    pub page_size: u64,
}

impl<T> Page<T> {
    pub fn map<U>(self, shape: impl FnMut(T) -> U) -> Page<U> {
        let Self { items, total, page, page_size } = self;
        Page { items: items.into_iter().map(shape).collect(), total, page, page_size }
    }
}

/// The parameters every list takes, for the API document.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageParams {
    /// From 1.
    #[param(minimum = 1, maximum = 100_000)]
    pub page: Option<u64>,
    /// At most 200.
    #[param(minimum = 1, maximum = 200)]
    pub page_size: Option<u64>,
    /// A column's name, `-` before it for descending; each list says which it knows.
    pub sort: Option<String>,
}

/// Which page of a list the caller wants, and in which order.
#[derive(Clone, Debug)]
pub struct Paging {
    pub page: u64,
    pub page_size: u64,
    sort: Option<String>,
}

impl Paging {
    /// From the first page on in the largest pages, for exports that walk through a whole list.
    pub fn from_the_first(sort: Option<String>) -> Self {
        Self { page: 1, page_size: LARGEST, sort }
    }

    pub fn offset(&self) -> u64 {
        (self.page - 1) * self.page_size
    }

    /// The column asked for, out of those the list knows, and whether descending.
    pub fn order<C: Copy>(&self, known: &[(&str, C)], default: (C, bool)) -> Result<(C, bool)> {
        let Some(sort) = &self.sort else { return Ok(default) };
        let (name, descending) = sort.strip_prefix('-').map_or((sort.as_str(), false), |name| (name, true));
        let column = known.iter().find(|(known, _)| *known == name).map(|(_, column)| *column);
        column.map(|column| (column, descending)).ok_or_else(|| Error::field("sort", "不支持按此列排序"))
    }

    /// Counts and fetches a page of models.
    pub async fn fetch<E>(&self, select: Select<E>, db: &impl ConnectionTrait) -> Result<Page<E::Model>>
    where
        E: EntityTrait,
        E::Model: FromQueryResult + Send + Sync,
    {
        let total = select.clone().count(db).await?;
        let items = select.offset(self.offset()).limit(self.page_size).all(db).await?;
        Ok(self.page_of(items, total))
    }

    /// The same for rows with columns of joined tables beside the model's own.
    pub async fn fetch_as<R, E>(&self, select: Select<E>, db: &impl ConnectionTrait) -> Result<Page<R>>
    where
        R: FromQueryResult + Send + Sync,
        E: EntityTrait,
        E::Model: FromQueryResult + Send + Sync,
    {
        let total = select.clone().count(db).await?;
        let items = select.offset(self.offset()).limit(self.page_size).into_model::<R>().all(db).await?;
        Ok(self.page_of(items, total))
    }

    pub fn page_of<T>(&self, items: Vec<T>, total: u64) -> Page<T> {
        Page { items, total, page: self.page, page_size: self.page_size }
    }
}

impl FromRequest for Paging {
    type Error = Error;
    type Future = std::future::Ready<Result<Self>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(parse_query::<PageParams>(req.query_string()).and_then(|params| {
            let PageParams { page, page_size, sort } = params;
            let (page, page_size) = (page.unwrap_or(1), page_size.unwrap_or(20));
            if !(1..=100_000).contains(&page) {
                return Err(Error::field("page", "页码须在 1 到 100000 之间"));
            }
            if !(1..=LARGEST).contains(&page_size) {
                return Err(Error::field("page_size", "每页条数须在 1 到 200 之间"));
            }
            Ok(Self { page, page_size, sort })
        }))
    }
}
