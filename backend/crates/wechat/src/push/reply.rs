//! What the account answers in the chat.

use super::{Message, xml::cdata};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The push has arrived, and there is nothing to say.
    Nothing,
    Text(String),
    /// Something to tap: a title, some words, a picture.
    News(Vec<Article>),
    Image {
        media_id: String,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    pub title: String,
    pub description: String,
    pub picture_url: String,
    pub url: String,
}

/// WeChat shows no more.
const MOST_ARTICLES: usize = 8;

impl Reply {
    /// To whoever sent the message; nothing for [`Reply::Nothing`].
    pub(crate) fn xml(&self, to: &Message, now: u64) -> Option<String> {
        let content = match self {
            Self::Nothing => return None,
            Self::Text(text) => format!("<MsgType><![CDATA[text]]></MsgType><Content>{}</Content>", cdata(text)),
            Self::Image { media_id } => {
                format!("<MsgType><![CDATA[image]]></MsgType><Image><MediaId>{}</MediaId></Image>", cdata(media_id))
            }
            Self::News(articles) => {
                let shown = &articles[..articles.len().min(MOST_ARTICLES)];
                let items: String = shown.iter().map(Article::xml).collect();
                format!(
                    "<MsgType><![CDATA[news]]></MsgType><ArticleCount>{}</ArticleCount><Articles>{items}</Articles>",
                    shown.len()
                )
            }
        };
        Some(format!(
            "<xml><ToUserName>{}</ToUserName><FromUserName>{}</FromUserName><CreateTime>{now}</CreateTime>{content}</xml>",
            cdata(to.from.as_str()),
            cdata(&to.to)
        ))
    }
}

impl Article {
    fn xml(&self) -> String {
        format!(
            "<item><Title>{}</Title><Description>{}</Description><PicUrl>{}</PicUrl><Url>{}</Url></item>",
            cdata(&self.title),
            cdata(&self.description),
            cdata(&self.picture_url),
            cdata(&self.url)
        )
    }
}
